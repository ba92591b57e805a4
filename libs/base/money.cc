#include "libs/base/money.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"

namespace xiufu {
namespace {

constexpr int64_t kFenPerWan = 1'000'000;
constexpr size_t kMaxWanDigits = 12;
constexpr size_t kMaxWanDecimals = 6;

absl::Status MoneyError(absl::string_view reason, absl::string_view what) {
  return WithReason(absl::InvalidArgumentError(what), reason);
}

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace

absl::StatusOr<int64_t> FenFromWan(absl::string_view text) {
  if (text.empty()) return MoneyError("MONEY_EMPTY", "no amount");
  if (absl::ConsumePrefix(&text, "-")) {
    return MoneyError("MONEY_NEGATIVE", "an amount cannot be negative");
  }
  const size_t dot = text.find('.');
  const bool has_decimals = dot != absl::string_view::npos;
  absl::string_view whole = text.substr(0, dot);
  const absl::string_view decimals = has_decimals ? text.substr(dot + 1) : "0";
  if (!AllDigits(whole) || !AllDigits(decimals)) {
    return MoneyError("MONEY_NOT_A_NUMBER", "not a decimal number such as 12.5");
  }
  if (decimals.size() > kMaxWanDecimals) {
    return MoneyError("MONEY_TOO_PRECISE", "more than 6 decimals of 万元: finer than 1 分");
  }
  while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
  if (whole.size() > kMaxWanDigits) {
    return MoneyError("MONEY_TOO_LARGE", "more than 12 digits before the decimal point");
  }
  int64_t wan = 0, fen = 0;
  const std::string padded =
      absl::StrCat(decimals, std::string(kMaxWanDecimals - decimals.size(), '0'));
  if (!absl::SimpleAtoi(whole, &wan) || !absl::SimpleAtoi(padded, &fen)) {
    return MoneyError("MONEY_NOT_A_NUMBER", "not a decimal number such as 12.5");
  }
  return wan * kFenPerWan + fen;
}

std::string WanFromFen(int64_t fen) {
  const char* sign = fen < 0 ? "-" : "";
  const uint64_t size = fen < 0 ? 0 - static_cast<uint64_t>(fen) : static_cast<uint64_t>(fen);
  std::string text = absl::StrFormat("%s%d.%06d", sign, size / kFenPerWan, size % kFenPerWan);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string YuanFromFen(int64_t fen) {
  const char* sign = fen < 0 ? "-" : "";
  const uint64_t size = fen < 0 ? 0 - static_cast<uint64_t>(fen) : static_cast<uint64_t>(fen);
  return absl::StrFormat("%s%d.%02d", sign, size / 100, size % 100);
}

}  // namespace xiufu
