#include "libs/base/uscc.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/mod31.h"
#include "libs/base/text.h"

namespace xiufu {
namespace {

constexpr size_t kUsccLength = 18;

// Empty when the form is right.
std::string FormProblem(absl::string_view code) {
  if (!IsValidUtf8(code)) return "不是有效的UTF-8文本 / not valid UTF-8";
  const size_t length = CharacterCount(code);
  if (length != kUsccLength) {
    return absl::StrCat("应为18位，实为", length, "位 / ", length, " characters where 18 belong");
  }
  size_t position = 0;  // of the character, from 1
  for (char c : code) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;  // inside a character
    ++position;
    const bool in_region = position >= 3 && position <= 8;
    if (in_region ? absl::ascii_isdigit(static_cast<unsigned char>(c)) : Mod31Value(c) >= 0)
      continue;
    return absl::StrCat(
        "第", position, "位不是允许的字符（",
        in_region ? "行政区划位只能是数字" : "只能是数字和除I、O、S、V、Z以外的大写字母",
        "） / character ", position, " is not allowed (",
        in_region ? "the region has digits only" : "digits and letters without I O S V Z", ")");
  }
  return "";
}

// Empty when both check characters hold.
std::string CheckProblem(absl::string_view code) {
  std::string zh, en;
  const char organisation = *OrganisationCheckDigit(code.substr(8, 8));
  if (code[16] != organisation) {
    absl::StrAppend(&zh, "组织机构代码校验位（第17位）应为", std::string(1, organisation));
    absl::StrAppend(&en, "character 17 (GB 11714) should be ", std::string(1, organisation));
  }
  const char whole = *Mod31CheckCharacter(code.substr(0, 17));
  if (code[17] != whole) {
    absl::StrAppend(&zh, zh.empty() ? "" : "，", "校验码（第18位）应为", std::string(1, whole));
    absl::StrAppend(&en, en.empty() ? "" : ", ", "character 18 (MOD-31) should be ",
                    std::string(1, whole));
  }
  return zh.empty() ? "" : absl::StrCat(zh, " / ", en);
}

}  // namespace

UsccCheck CheckUscc(absl::string_view text) {
  UsccCheck check;
  check.code = absl::AsciiStrToUpper(text);
  check.reason = FormProblem(check.code);
  if (!check.reason.empty()) return check;
  check.reason = CheckProblem(check.code);
  check.verdict = check.reason.empty() ? UsccVerdict::kOk : UsccVerdict::kChecksumMismatch;
  if (check.ok()) check.reason = "两个校验位均正确 / both check characters hold";
  return check;
}

absl::string_view ToString(UsccVerdict verdict) {
  switch (verdict) {
    case UsccVerdict::kOk:
      return "ok";
    case UsccVerdict::kChecksumMismatch:
      return "checksum-mismatch";
    case UsccVerdict::kMalformed:
      break;
  }
  return "malformed";
}

}  // namespace xiufu
