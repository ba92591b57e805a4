#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace xiufu::messaging {

// AMQP 0-9-1's elementary types, big-endian. Private to this library.
class WireWriter {
 public:
  explicit WireWriter(std::string* out) : out_(out) {}

  void U8(uint8_t value) { out_->push_back(static_cast<char>(value)); }
  void U16(uint16_t value) { Integer(value, 2); }
  void U32(uint32_t value) { Integer(value, 4); }
  void U64(uint64_t value) { Integer(value, 8); }
  // At most 255 bytes; longer text is cut, since nothing that carries meaning comes near it.
  void ShortString(absl::string_view text) {
    text = text.substr(0, 255);
    U8(static_cast<uint8_t>(text.size()));
    Bytes(text);
  }
  void LongString(absl::string_view text) {
    U32(static_cast<uint32_t>(text.size()));
    Bytes(text);
  }
  void Bytes(absl::string_view bytes) { out_->append(bytes.data(), bytes.size()); }

 private:
  void Integer(uint64_t value, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
      U8(static_cast<uint8_t>(value >> shift));
  }

  std::string* const out_;
};

// Reads past the end give zeros and empty views and turn ok() false, so that a parser checks once,
// at its end.
class WireReader {
 public:
  explicit WireReader(absl::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  size_t remaining() const { return rest_.size(); }

  uint8_t U8() { return static_cast<uint8_t>(Integer(1)); }
  uint16_t U16() { return static_cast<uint16_t>(Integer(2)); }
  uint32_t U32() { return static_cast<uint32_t>(Integer(4)); }
  uint64_t U64() { return Integer(8); }
  absl::string_view ShortString() { return Bytes(U8()); }
  absl::string_view LongString() { return Bytes(U32()); }
  absl::string_view Bytes(size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const absl::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

 private:
  uint64_t Integer(size_t size) {
    uint64_t value = 0;
    for (const char byte : Bytes(size)) value = value << 8 | static_cast<uint8_t>(byte);
    return value;
  }

  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace xiufu::messaging
