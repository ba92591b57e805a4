#pragma once

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/routing/domain/case.h"

namespace xiufu::routing {

// An objection as intake tells it.
struct ObjectionFiled {
  Id objection;
  std::string number;
  int kind = 0;  // ObjectionKind
  Id application;
  Id case_id;
  Id record;
  std::string snapshot;
  std::string authority_code;
  std::string authority_uscc;
  std::string authority_name;
  RuleRef rule;
  std::string materials;
  absl::Time filed_at;
  std::string sha256;  // of the event's data: what makes two of them the same
};

// What happens to one after that.
struct ObjectionDelivered {
  Id task;
};
struct ObjectionUpheld {
  std::string document_no;
  std::string correction;
  std::vector<std::string> reasons;
};
struct ObjectionRejected {
  std::string document_no;
  std::vector<std::string> reasons;
  std::string remedies;
};
struct ObjectionReturned {
  std::string reason;
};
struct ObjectionAnswered {
  Id task;
  std::string authority_code;
  std::string answer_id;
  std::string content;  // xiufu.department.v1.Answer as it came
  std::variant<ObjectionUpheld, ObjectionRejected, ObjectionReturned> kind;
};
struct ObjectionGivenUp {};
struct ObjectionAssigned {
  AuthorityRef authority;
  Id task;
  std::string person;
  std::string reason;
};

// `at` is when, by whoever tells it: never the time of handling.
struct ObjectionInput {
  Id objection;
  absl::Time at;
  std::variant<ObjectionDelivered, ObjectionAnswered, ObjectionGivenUp, ObjectionAssigned> what;
};

// The rows of the transition table.
enum class ObjectionInputKind {
  kDelivered,
  kUpheld,
  kRejected,
  kReturned,
  kAssigned,
  kGivenUp,
};
inline constexpr int kObjectionInputKinds = 6;
absl::string_view NameOf(ObjectionInputKind kind);  // "UPHELD"; those of answers are stored
ObjectionInputKind KindOf(const ObjectionInput& input);

}  // namespace xiufu::routing
