#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/facts.h"
#include "libs/catalogue/worded_record.h"

namespace xiufu::feed {

// What makes two rows speak of the same record, whatever else they say. Entries of lists often have
// no document number: then the name of the list and the listing date, which are in `entry`, stand
// for it. An authority that no feed gives a code for is known by its name, outside of the key.
struct NaturalKey {
  catalogue::MatterKind matter = catalogue::MatterKind::kPenalty;
  std::string authority_uscc;  // empty where neither the feed nor the registry has a code
  std::string document_no;
  std::string subject_uscc;
  std::string entry;  // "经营异常名录 2025-07-02" where document_no is empty, else empty
  friend bool operator==(const NaturalKey&, const NaturalKey&) = default;
};

// What an authority has done with the record by itself, as the feed says (ISMOVE, CF_ZT, 移出日期).
struct Reported {
  enum class Kind {  // stored numbers
    kMovedOut = 1,   // 移出, 恢复正常记载, deleted
    kRevoked = 2,    // 撤销: it should not have been listed
    kAnnulled = 3,   // the penalty was changed or annulled
    kDisputed = 4,   // 异议: an objection is being looked at
  };
  Kind kind = Kind::kMovedOut;
  std::optional<absl::CivilDay> day;
  std::string authority_name;  // who did it; empty: who determined the record
  std::string authority_uscc;
  std::string reason;
  friend bool operator==(const Reported&, const Reported&) = default;
};
absl::string_view ToString(Reported::Kind kind);  // "MOVED_OUT", ...

// A record as the feed tells it. Public data of organisations only: there is no member that could
// hold the number of a natural person's identity document.
struct RecordContent {
  NaturalKey key;
  std::string subject_name;
  std::string subject_kind;  // 行政相对人类别 as the feed has it
  std::string authority_name;
  absl::CivilDay decision_date;                 // of an entry of a list: 列入日期
  std::optional<absl::CivilDay> valid_until;    // 处罚有效期
  std::optional<absl::CivilDay> publicity_end;  // 公示截止期
  std::optional<absl::CivilDay> published_on;   // 公示日期
  std::optional<absl::CivilDay> corrected_on;   // 改正日期
  std::optional<absl::CivilDay> restriction_until;
  std::optional<absl::CivilDay> restarted_on;  // by no feed: a revoked repair, see RecordFacts
  catalogue::Basis repair_basis = catalogue::Basis::kOrdinary;
  std::string list_name;  // of lists and marks
  std::string ground;     // 列入事由, as the feed has it
  std::optional<Reported> reported;

  // Penalties.
  std::string procedure;                   // "简易", "普通" or empty
  std::vector<std::string> penalty_kinds;  // of 行政处罚法 art. 9, in the order of the law
  int64_t fine_fen = 0;
  int64_t confiscated_fen = 0;
  std::string violation;  // 违法行为类型
  std::string facts;      // 违法事实
  std::string basis;      // 处罚依据
  std::string penalty;    // 处罚内容
  std::string licence;    // 暂扣或吊销证照名称及编号
  std::string source_name;
  std::string source_uscc;
  std::string remark;
  std::map<std::string, std::string> extra;  // columns this program knows nothing of, by their code
  // The subject's code has wrong check characters. Some genuine codes are like that, so it is a
  // warning only.
  bool code_mismatch = false;
};

// What the law is asked with.
catalogue::WordedRecord WordsOf(const RecordContent& content);

}  // namespace xiufu::feed
