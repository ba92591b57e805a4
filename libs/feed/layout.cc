#include "libs/feed/layout.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "libs/base/text.h"

namespace xiufu::feed {
namespace {

bool Has(const std::vector<std::string>& list, absl::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool FitsList(const ListRule& rule, absl::string_view list, absl::string_view authority_kind,
              absl::string_view subject_uscc) {
  const auto stands = [&](const std::string& word) { return absl::StrContains(list, word); };
  const auto begins = [&](const std::string& prefix) {
    return absl::StartsWith(subject_uscc, prefix);
  };
  return std::all_of(rule.words.begin(), rule.words.end(), stands) &&
         (rule.authority_kinds.empty() || Has(rule.authority_kinds, authority_kind)) &&
         (rule.subject_prefixes.empty() ||
          std::any_of(rule.subject_prefixes.begin(), rule.subject_prefixes.end(), begins));
}

}  // namespace

std::optional<Meaning> Layout::MeaningOf(absl::string_view column) const {
  for (size_t i = 0; i < kMeaningCount; ++i) {
    if (Has(columns[i], column)) return static_cast<Meaning>(i);
  }
  return std::nullopt;
}

const std::string& Layout::NameOf(Meaning meaning) const {
  static const std::string* const none = new std::string();
  const std::vector<std::string>& names = columns[static_cast<size_t>(meaning)];
  return names.empty() ? *none : names.front();
}

const Layout* LayoutBook::Find(absl::string_view id) const {
  for (const Layout& layout : data_->layouts) {
    if (layout.id == id) return &layout;
  }
  return nullptr;
}

const Layout* LayoutBook::Recognise(const std::vector<std::string>& columns) const {
  const Layout* best = nullptr;
  int64_t most = 0;
  for (const Layout& layout : data_->layouts) {
    const auto marks = [&](const std::string& column) { return layout.marks.contains(column); };
    const auto known = [&](const std::string& column) {
      return layout.MeaningOf(column).has_value();
    };
    if (std::none_of(columns.begin(), columns.end(), marks)) continue;
    const int64_t count = std::count_if(columns.begin(), columns.end(), known);
    if (best != nullptr && count <= most) continue;
    best = &layout;
    most = count;
  }
  return best;
}

bool LayoutBook::IsNaturalPerson(absl::string_view subject_kind) const {
  return Has(data_->natural_persons, subject_kind);
}

const ListRule* LayoutBook::RuleFor(absl::string_view list, absl::string_view authority_kind,
                                    absl::string_view subject_uscc) const {
  for (const ListRule& rule : data_->lists) {
    if (FitsList(rule, list, authority_kind, subject_uscc)) return &rule;
  }
  return nullptr;
}

std::string LayoutBook::ProcedureOf(absl::string_view text) const {
  for (const ProcedureWord& procedure : data_->procedures) {
    for (const std::string& word : procedure.words) {
      if (absl::StrContains(text, word)) return procedure.name;
    }
  }
  return std::string(text);
}

std::string ColumnName(absl::string_view text) {
  return absl::AsciiStrToUpper(WithoutBlanks(text));
}

}  // namespace xiufu::feed
