#include "libs/base/id.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstring>

#include "absl/strings/escaping.h"

namespace xiufu {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void AppendBigEndian(uint64_t value, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

uint64_t LoadBigEndian(const uint8_t* bytes) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return value;
}

}  // namespace

absl::StatusOr<Id> Id::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kSize) return absl::InvalidArgumentError("an id has 16 bytes");
  std::array<uint8_t, kSize> array;
  std::memcpy(array.data(), bytes.data(), kSize);
  return Id(array);
}

absl::StatusOr<Id> Id::Parse(absl::string_view text) {
  const absl::Status bad =
      absl::InvalidArgumentError("not a UUID of the form 8-4-4-4-12 hex digits");
  if (text.size() != 36) return bad;
  std::array<uint8_t, kSize> array{};
  size_t digits = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return bad;
      continue;
    }
    const int value = HexValue(text[i]);
    if (value < 0) return bad;
    array[digits / 2] = static_cast<uint8_t>(array[digits / 2] << 4 | value);
    ++digits;
  }
  return Id(array);
}

std::string Id::ToString() const {
  std::string text = HexEncode(bytes());
  for (size_t at : {8, 13, 18, 23}) text.insert(at, 1, '-');
  return text;
}

int64_t Id::UnixMillis() const { return static_cast<int64_t>(LoadBigEndian(bytes_.data()) >> 16); }

uint8_t BucketOf(const Id& application) {
  return static_cast<uint8_t>(application.bytes().back()) & 0x0F;
}

Id DeriveId(const Id& cause, absl::string_view tag, uint64_t ordinal, Place place) {
  std::string seed(cause.bytes());
  AppendBigEndian(tag.size(), seed);  // so that no tag and ordinal can pass for another pair
  seed.append(tag.data(), tag.size());
  AppendBigEndian(ordinal, seed);
  const std::string hash = Sha256(seed);
  const uint64_t hash58 = LoadBigEndian(reinterpret_cast<const uint8_t*>(hash.data())) >> 6;
  const uint64_t where = static_cast<uint64_t>(place.cell) << 8 | place.bucket;

  // 48 millis | 4 version | 12 of place || 2 variant | 4 of place | 58 hash
  const uint64_t high = static_cast<uint64_t>(cause.UnixMillis()) << 16 | 0x8000 | where >> 4;
  const uint64_t low = uint64_t{0x8000000000000000} | (where & 0xF) << 58 | hash58;
  std::string bytes;
  AppendBigEndian(high, bytes);
  AppendBigEndian(low, bytes);
  return *Id::FromBytes(bytes);
}

Place PlaceOf(const Id& derived) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(derived.bytes().data());
  const uint64_t where =
      (LoadBigEndian(bytes) & 0xFFF) << 4 | ((LoadBigEndian(bytes + 8) >> 58) & 0xF);
  return {static_cast<uint8_t>(where >> 8), static_cast<uint8_t>(where & 0xFF)};
}

std::string Sha256(absl::string_view bytes) {
  // Looked up once: OpenSSL's one-shot functions search their providers at every call.
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
             kSha256, nullptr);
  return digest;
}

std::string HexEncode(absl::string_view bytes) { return absl::BytesToHexString(bytes); }

absl::StatusOr<std::string> HexDecode(absl::string_view hex) {
  if (hex.size() % 2 != 0) return absl::InvalidArgumentError("odd number of hex digits");
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (size_t i = 0; i < hex.size(); i += 2) {
    const int high = HexValue(hex[i]), low = HexValue(hex[i + 1]);
    if (high < 0 || low < 0) return absl::InvalidArgumentError("a character that is no hex digit");
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

}  // namespace xiufu
