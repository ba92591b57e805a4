#include "services/xiufuctl/catalogue_confirm.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/governing.h"
#include "libs/catalogue/own_facts.h"
#include "libs/catalogue/rule_fact.h"
#include "libs/catalogue/tables.h"
#include "libs/data/archive.h"
#include "libs/data/folder.h"

namespace xiufu::ctl {
namespace {

constexpr char kConfirmationsHead[] =
    "# 认定单位退回的业务方案确认表。由 xiufuctl catalogue confirm 登记；content "
    "是被确认内容的摘要，规则改动后\n"
    "# 不再适用，须重新确认。\n"
    "# Sheets that authorities sent back, recorded by xiufuctl catalogue confirm. content: digest "
    "of what was confirmed; a\n"
    "# row that is changed later is not covered and has to be confirmed again.\n";

// What was asked about: the rule, and what of it is confirmed.
struct Subject {
  absl::CivilDay effective_from;  // of the version of the rule
  std::string digest;
};

// Of what is about the authority itself.
absl::StatusOr<Subject> OwnSubjectOf(const catalogue::Law& law,
                                     const catalogue::Authority& authority,
                                     const ReturnedSheet& sheet) {
  for (const catalogue::RuleFact& fact :
       catalogue::OwnFactsOf(law.catalogue, authority, sheet.on)) {
    if (fact.field == sheet.field) return Subject{sheet.on, catalogue::DigestOf(fact)};
  }
  return absl::NotFoundError(absl::StrCat(
      authority.name, " 没有这一项 / has no such fact: ", sheet.rule, "/", sheet.field));
}

absl::StatusOr<Subject> SubjectOf(const catalogue::Law& law, const ReturnedSheet& sheet) {
  const catalogue::Authority* authority = law.authorities.FindByCode(sheet.authority);
  if (authority == nullptr) {
    return absl::NotFoundError(absl::StrCat("未登记的单位 / no such authority: ", sheet.authority));
  }
  if (sheet.rule == catalogue::kOwnFacts) return OwnSubjectOf(law, *authority, sheet);
  const auto rules = catalogue::RulesGoverning(law.catalogue, *authority, sheet.on);
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const auto& each) { return each.rule->id == sheet.rule; });
  if (found == rules.end()) {
    return absl::NotFoundError(absl::StrCat(FormatDay(sheet.on), " 没有适用于", authority->name,
                                            "的规则 / no rule for it on that day: ", sheet.rule));
  }
  const std::vector<catalogue::RuleFact> facts =
      catalogue::FactsOf(law.catalogue.data(), *found->rule);
  const absl::CivilDay from = found->rule->provenance.effective_from;
  if (sheet.field.empty()) return Subject{from, catalogue::DigestOf(facts)};
  for (const catalogue::RuleFact& fact : facts) {
    if (fact.field == sheet.field) return Subject{from, catalogue::DigestOf(fact)};
  }
  return absl::NotFoundError(
      absl::StrCat(sheet.rule, " 没有这一项 / has no such fact: ", sheet.field));
}

bool IsConfirmed(const catalogue::CatalogueData& data, const ReturnedSheet& sheet,
                 const Subject& subject) {
  return std::any_of(data.confirmations.begin(), data.confirmations.end(),
                     [&](const catalogue::Confirmation& each) {
                       return each.authority == sheet.authority && each.rule == sheet.rule &&
                              (each.rule == catalogue::kOwnFacts ||
                               each.effective_from == subject.effective_from) &&
                              each.field == sheet.field && each.content == subject.digest &&
                              each.changed_to == sheet.changed_to;
                     });
}

absl::StatusOr<std::string> Quoted(absl::string_view text) {
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); })) {
    return absl::InvalidArgumentError("不得含有控制字符 / no control characters belong there");
  }
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

absl::StatusOr<std::string> RowOf(const ReturnedSheet& sheet, const Subject& subject) {
  const absl::StatusOr<std::string> document = Quoted(sheet.document);
  if (!document.ok()) return document.status();
  const absl::StatusOr<std::string> by = Quoted(sheet.by);
  if (!by.ok()) return by.status();
  const absl::StatusOr<std::string> changed = Quoted(sheet.changed_to);
  if (!changed.ok()) return changed.status();
  return absl::StrCat(
      "\n[[confirmation]]\nauthority = \"", sheet.authority, "\"\nrule = \"", sheet.rule,
      "\"\neffective_from = ", FormatDay(subject.effective_from), "\n",
      sheet.field.empty() ? "" : absl::StrCat("field = \"", sheet.field, "\"\n"), "content = \"",
      subject.digest, "\"\ndocument = ", *document, "\ndate = ", FormatDay(sheet.date),
      "\nby = ", *by, "\n",
      sheet.changed_to.empty() ? "" : absl::StrCat("changed_to = ", *changed, "\n"));
}

// "2026.11.3" → "2026.11.4"; a version that ends in no number gets one.
std::string NextVersion(const std::string& version) {
  const size_t digits = version.find_last_not_of("0123456789") + 1;
  int64_t last = 0;
  if (!absl::SimpleAtoi(absl::string_view(version).substr(digits), &last)) {
    return absl::StrCat(version, ".1");
  }
  return absl::StrCat(version.substr(0, digits), last + 1);
}

absl::Status ReplaceFile(const std::filesystem::path& path, const std::string& content) {
  const std::filesystem::path fresh = path.string() + ".new";
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(fresh, path, error);
  if (out && !error) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("不能写入 / cannot write: ", path.string()));
}

// The content of catalogue.toml with the next version; the rest of it stays as it is.
absl::StatusOr<std::string> WithVersion(const data::File& file, const std::string& before,
                                        const std::string& version) {
  const std::string line = absl::StrCat("version = \"", before, "\"");
  if (!absl::StrContains(file.content, line)) {
    return absl::FailedPreconditionError(
        absl::StrCat(file.path, ": 没有这一行 / there is no line: ", line));
  }
  return absl::StrReplaceAll(file.content, {{line, absl::StrCat("version = \"", version, "\"")}});
}

}  // namespace

absl::StatusOr<Confirmed> ConfirmIn(const std::string& folder, const catalogue::Law& law,
                                    const ReturnedSheet& sheet) {
  const absl::StatusOr<Subject> subject = SubjectOf(law, sheet);
  if (!subject.ok()) return subject.status();
  if (IsConfirmed(law.catalogue.data(), sheet, *subject)) {
    return absl::AlreadyExistsError("此项已确认 / this is confirmed already");
  }
  const absl::StatusOr<std::string> row = RowOf(sheet, *subject);
  if (!row.ok()) return row.status();
  const std::string& before = law.catalogue.version();
  const std::string version = NextVersion(before);

  const std::filesystem::path path(folder);
  const std::string confirmations = (path / "confirmations.toml").string();
  data::Problems problems;
  std::vector<data::File> files = data::ReadFolder(folder, problems);
  std::string rows;
  std::string head;
  for (data::File& file : files) {
    if (file.stem == "confirmations") rows = file.content;
    if (file.stem != "catalogue") continue;
    absl::StatusOr<std::string> raised = WithVersion(file, before, version);
    if (!raised.ok()) return raised.status();
    head = file.content = *std::move(raised);
  }
  rows = absl::StrCat(rows.empty() ? kConfirmationsHead : rows, *row);
  std::erase_if(files, [](const data::File& file) { return file.stem == "confirmations"; });
  files.push_back({confirmations, "confirmations", rows, {}});
  const absl::StatusOr<catalogue::Catalogue> loaded =
      catalogue::Catalogue::FromFiles(data::ArchiveOf(files));
  if (!loaded.ok()) return loaded.status();
  // The version first: half of it done, it names a content that it had under another name before,
  // which harms nobody; a known version with another content would be refused.
  if (absl::Status status = ReplaceFile(path / "catalogue.toml", head); !status.ok()) return status;
  if (absl::Status status = ReplaceFile(confirmations, rows); !status.ok()) return status;
  return Confirmed{absl::StrCat(sheet.authority, " ", sheet.rule, sheet.field.empty() ? "" : "/",
                                sheet.field, " ", FormatDay(subject->effective_from)),
                   confirmations, before, version};
}

}  // namespace xiufu::ctl
