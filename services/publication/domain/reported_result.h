#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "services/publication/domain/record.h"

namespace xiufu::publication {

// What an authority did with a record by itself (移出, 撤销, 恢复正常记载, deleted, annulled),
// however it was told. One of each kind for a record, kept for ever: told again, it is found.
struct ReportedResult {
  Id record;
  Reported reported;
  std::string source;  // "imports/<uuid>", or who reported it
  absl::Time received_at;
  std::string result_word;  // by the rule, empty where none says
};

// The state that it leaves the record in: ended by a repair, or withdrawn (撤下), which is none.
// Nothing for an objection: that changes nothing before it is answered.
std::optional<RecordState> StateAfter(Reported::Kind kind);

// Whether two tellings of one result cannot both be right: they name different days, or the same
// source gives another reason. Different sources may word the same thing differently.
bool Contradicts(const ReportedResult& known, const Reported& reported, absl::string_view source);

// The rule that such a result is by; nullptr: none.
const catalogue::Rule* RuleOf(Reported::Kind kind, const RecordContent& content,
                              const catalogue::Catalogue& catalogue,
                              const catalogue::AuthorityRegistry& authorities, absl::CivilDay on);
// What the rules call it.
std::string ResultWordOf(Reported::Kind kind, const RecordContent& content,
                         const catalogue::Catalogue& catalogue,
                         const catalogue::AuthorityRegistry& authorities, absl::CivilDay on);

// Ends the publicity of a record that is public, shielded or was never published; what has ended or
// expired before stays as it is, but is withdrawn all the same when it should never have been.
// Whether anything changed.
bool Apply(const ReportedResult& result, Record& record);

}  // namespace xiufu::publication
