#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/help.h"
#include "libs/catalogue/rule.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

// One record of a notice.
struct NoticeRecord {
  RecordSnapshot record;
  Eligibility eligibility;
  std::optional<catalogue::Rule> rule;         // that governs the procedure
  catalogue::BilingualText result_word;        // of an approval; empty where no rule is known
  std::optional<catalogue::Form> application;  // the blanks, under their right names
  std::optional<catalogue::Form> commitment;
};

// Why a paper is needed for one record.
struct MaterialNeed {
  size_t record = 0;  // of Notice::records
  std::string name;   // what the paper is called there
  std::string name_en;
  std::vector<catalogue::BilingualText> proves;  // empty: the rule asks for it
  std::string rule_id;
  std::string source;
  std::string confidence;
};

struct NoticeMaterial {
  std::string kind;
  std::string name;
  std::string name_en;
  std::string source;
  std::string confidence;
  std::vector<MaterialNeed> needed_by;
};

struct NoticeWindow {
  catalogue::HelpWindow window;
  std::string region_name;
};

// The one-time notice (一次性告知书): everything somebody must know who applies for these records,
// told once.
struct Notice {
  std::string subject_uscc;
  std::string subject_name;
  absl::CivilDay on;
  std::vector<NoticeRecord> records;
  std::vector<NoticeMaterial> asked;    // each paper once
  std::vector<NoticeMaterial> fetched;  // not asked for: an authority or a system has them
  std::vector<NoticeWindow> windows;
  std::vector<catalogue::Hotline> hotlines;
  std::string catalogue_version;
  std::string catalogue_sha256;
  std::string calendar_version;
};

// `records` all belong to `uscc` and are 1 to kMaxRecords; INVALID_ARGUMENT with a violation of
// "records" or of each record of another subject (RECORD_OF_ANOTHER_SUBJECT) otherwise.
absl::StatusOr<Notice> ComposeNotice(const Law& law, absl::string_view uscc,
                                     const std::vector<RecordSnapshot>& records, absl::CivilDay on,
                                     const std::vector<Ban>& bans = {});

// A number of this confidence is not confirmed in the text of the law.
bool IsUnverified(absl::string_view confidence);

}  // namespace xiufu::intake
