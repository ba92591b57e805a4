#include "libs/catalogue/parse_common.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace xiufu::catalogue {
namespace {

constexpr absl::string_view kConfidenceTags[] = {"T", "S", "F", "M", "I", "C"};
constexpr Handling kHandlings[] = {Handling::kInSuite, Handling::kRelayed, Handling::kHandedOver,
                                   Handling::kResultOnly};

}  // namespace

std::string ReadConfidence(data::Table& table) {
  return table.OneOf("confidence", kConfidenceTags);
}

Provenance ReadProvenance(data::Table& table) {
  Provenance provenance;
  provenance.effective_from = table.Day("effective_from");
  provenance.effective_to = table.OptionalDay("effective_to");
  provenance.source = table.Text("source");
  provenance.confidence = ReadConfidence(table);
  if (provenance.effective_to && *provenance.effective_to < provenance.effective_from) {
    table.ComplainAbout("effective_to", "before effective_from");
  }
  return provenance;
}

calendar::Period ReadPeriod(data::Table& table, absl::string_view key) {
  const std::string text = table.Text(key);
  if (text.empty()) return {};
  const absl::StatusOr<calendar::Period> period = calendar::ParsePeriod(text);
  if (!period.ok()) {
    table.ComplainAbout(key, period.status().message());
    return {};
  }
  return *period;
}

Handling ReadHandling(data::Table& table) {
  std::vector<absl::string_view> names;
  for (Handling handling : kHandlings) names.push_back(ToString(handling));
  const std::string name = table.OneOf("handling", names);
  for (Handling handling : kHandlings) {
    if (ToString(handling) == name) return handling;
  }
  return Handling::kInSuite;
}

bool IsAuthorityCode(absl::string_view code) {
  const auto allowed = [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return absl::ascii_islower(u) || absl::ascii_isdigit(u) || c == '-';
  };
  return !code.empty() && code.size() <= 32 && std::all_of(code.begin(), code.end(), allowed);
}

std::vector<std::string> ReadAuthorityCodes(data::Table& table) {
  std::vector<std::string> codes = table.OptionalTexts("authorities");
  for (const std::string& code : codes) {
    if (!IsAuthorityCode(code)) {
      table.ComplainAbout("authorities", absl::StrCat("'", code, "' is not [a-z0-9-]{1,32}"));
    }
  }
  return codes;
}

bool IsRegionCode(absl::string_view code) {
  return code.size() == 6 && std::all_of(code.begin(), code.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

void CheckKnown(data::Table& table, absl::string_view key, const std::vector<std::string>& names,
                const std::vector<std::string>& known) {
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      table.ComplainAbout(
          key, absl::StrCat("'", name, "' is not known, only ", absl::StrJoin(known, ", ")));
    }
  }
}

}  // namespace xiufu::catalogue
