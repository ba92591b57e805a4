#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::storage {

// Bytes to bind as BLOB; text is bound as TEXT.
struct Blob {
  absl::string_view bytes;
};

// One bound parameter. Views must live until the call that they are passed to returns.
class Value {
 public:
  enum class Kind { kNull, kInt, kText, kBlob };

  Value(std::nullptr_t) : kind_(Kind::kNull) {}  // NOLINT
  template <std::integral T>
  Value(T v) : kind_(Kind::kInt), int_(static_cast<int64_t>(v)) {}  // NOLINT
  Value(absl::string_view v) : kind_(Kind::kText), text_(v) {}      // NOLINT
  Value(const std::string& v) : kind_(Kind::kText), text_(v) {}     // NOLINT
  Value(const char* v) : kind_(Kind::kText), text_(v) {}            // NOLINT
  Value(Blob v) : kind_(Kind::kBlob), text_(v.bytes) {}             // NOLINT
  // The none id is NULL.
  Value(const Id& v) : kind_(v.IsNone() ? Kind::kNull : Kind::kBlob), text_(v.bytes()) {}  // NOLINT
  // UTC milliseconds; InfinitePast is NULL.
  Value(absl::Time v)  // NOLINT
      : kind_(v == absl::InfinitePast() ? Kind::kNull : Kind::kInt), int_(absl::ToUnixMillis(v)) {}
  template <typename T>
  Value(const std::optional<T>& v) : Value(nullptr) {  // NOLINT
    if (v.has_value()) *this = Value(*v);
  }

  Kind kind() const { return kind_; }
  int64_t integer() const { return int_; }
  absl::string_view text() const { return text_; }

 private:
  Kind kind_;
  int64_t int_ = 0;
  absl::string_view text_;
};

}  // namespace xiufu::storage
