#include "services/department_adapter/domain/answer.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/department_adapter/domain/content_hash.h"

namespace xiufu::department {
namespace {

// Characters.
constexpr size_t kMaxNumber = 64;
constexpr size_t kMaxReason = 500;
constexpr size_t kMaxRemedies = 1000;
constexpr size_t kMaxFinder = 200;
constexpr size_t kMaxList = 20;
constexpr size_t kMaxMissing = 50;
constexpr size_t kMaxKind = 32;

class AnswerCheck {
 public:
  absl::Status Check(const Answer& answer) {
    Add(CheckText("answerId", answer.answer_id, 1, kMaxNumber));
    absl::Time ignored;
    if (!absl::ParseTime(absl::RFC3339_full, answer.answered_at, &ignored, nullptr)) {
      Add(FieldViolation("answeredAt", "not a time", "RFC 3339, e.g. 2026-04-01T09:00:00+08:00"));
    }
    std::visit([this](const auto& kind) { CheckKind(kind); }, answer.kind);
    return FieldViolations(violations_);
  }

 private:
  void CheckKind(const Accepted& accepted) {
    Add(CheckText("accepted.documentNo", accepted.document_no, 0, kMaxNumber));
  }

  void CheckKind(const SupplementRequested& request) {
    CheckList("supplementRequested.defects", request.defects, 1);
    if (request.missing.size() > kMaxMissing) {
      Add(FieldViolation("supplementRequested.missing",
                         absl::StrCat(request.missing.size(), " entries"),
                         absl::StrCat("0 to ", kMaxMissing)));
    }
    for (size_t i = 0; i < request.missing.size(); ++i) {
      CheckMissing(absl::StrCat("supplementRequested.missing[", i, "]"), request.missing[i],
                   request.defects.size());
    }
  }

  void CheckMissing(const std::string& field, const MissingMaterial& missing, size_t defects) {
    if (missing.defect < 0 || static_cast<size_t>(missing.defect) >= defects) {
      Add(FieldViolation(absl::StrCat(field, ".defect"), absl::StrCat(missing.defect),
                         "the place of a defect in the list, from 0"));
    }
    Add(CheckText(absl::StrCat(field, ".kind"), missing.kind, 1, kMaxKind));
  }

  void CheckKind(const Decided& decided) {
    Add(CheckText("decided.decisionNo", decided.decision_no, 1, kMaxNumber));
    if (!ParseDay(decided.decision_date).ok()) {
      Add(FieldViolation("decided.decisionDate", "not a day", "yyyy-mm-dd"));
    }
    CheckList("decided.reasons", decided.reasons, 0);
    Add(CheckMultilineText("decided.remedies", decided.remedies, 0, kMaxRemedies));
    if (decided.record_version == 0) {
      Add(FieldViolation("decided.recordVersion", "missing", "record.version of the task"));
    }
  }

  void CheckKind(const Returned& returned) {
    Add(CheckMultilineText("returned.reason", returned.reason, 1, kMaxReason));
  }

  void CheckKind(const NotAccepted& refusal) {
    Add(CheckText("notAccepted.documentNo", refusal.document_no, 0, kMaxNumber));
    CheckList("notAccepted.reasons", refusal.reasons, 1);
    Add(CheckMultilineText("notAccepted.remedies", refusal.remedies, 1, kMaxRemedies));
  }

  void CheckKind(const ObjectionUpheld& upheld) {
    Add(CheckText("objectionUpheld.documentNo", upheld.document_no, 0, kMaxNumber));
    Add(CheckMultilineText("objectionUpheld.correction", upheld.correction, 1, kMaxRemedies));
    CheckList("objectionUpheld.reasons", upheld.reasons, 0);
  }

  void CheckKind(const ObjectionRejected& rejected) {
    Add(CheckText("objectionRejected.documentNo", rejected.document_no, 0, kMaxNumber));
    CheckList("objectionRejected.reasons", rejected.reasons, 1);
    Add(CheckMultilineText("objectionRejected.remedies", rejected.remedies, 1, kMaxRemedies));
  }

  void CheckKind(const Extended& extended) {
    Add(CheckText("extended.documentNo", extended.document_no, 0, kMaxNumber));
    Add(CheckMultilineText("extended.reason", extended.reason, 1, kMaxReason));
  }

  void CheckKind(const Revoked& revoked) {
    Add(CheckText("revoked.kind", revoked.kind, 1, kMaxNumber));
    Add(CheckText("revoked.documentNo", revoked.document_no, 1, kMaxNumber));
    if (!ParseDay(revoked.found_on).ok()) {
      Add(FieldViolation("revoked.foundOn", "not a day", "yyyy-mm-dd"));
    }
    CheckList("revoked.reasons", revoked.reasons, 1);
    Add(CheckMultilineText("revoked.remedies", revoked.remedies, 0, kMaxRemedies));
    Add(CheckText("revoked.foundBy", revoked.found_by, 0, kMaxFinder));
  }

  void CheckList(absl::string_view field, const std::vector<std::string>& list, size_t min) {
    if (list.size() < min || list.size() > kMaxList) {
      Add(FieldViolation(field, absl::StrCat(list.size(), " entries"),
                         absl::StrCat(min, " to ", kMaxList)));
    }
    for (size_t i = 0; i < list.size(); ++i) {
      Add(CheckMultilineText(absl::StrCat(field, "[", i, "]"), list[i], 1, kMaxReason));
    }
  }

  void Add(const absl::Status& status) {
    for (Violation& violation : ViolationsOf(status)) violations_.push_back(std::move(violation));
  }

  std::vector<Violation> violations_;
};

void AddList(const std::vector<std::string>& list, ContentHash& hash) {
  hash.Add(static_cast<int64_t>(list.size()));
  for (const std::string& entry : list) hash.Add(entry);
}

void AddKind(const Accepted& accepted, ContentHash& hash) { hash.Add(accepted.document_no); }
void AddKind(const SupplementRequested& request, ContentHash& hash) {
  AddList(request.defects, hash);
  // One without kinds hashes as it did before there were any.
  for (const MissingMaterial& missing : request.missing) {
    hash.Add(missing.defect).Add(missing.kind);
  }
}
void AddKind(const Decided& decided, ContentHash& hash) {
  hash.Add(decided.approved ? 1 : 2)
      .Add(decided.decision_no)
      .Add(decided.decision_date)
      .Add(decided.remedies)
      .Add(static_cast<int64_t>(decided.record_version));
  AddList(decided.reasons, hash);
}
void AddKind(const Returned& returned, ContentHash& hash) { hash.Add(returned.reason); }
void AddKind(const NotAccepted& refusal, ContentHash& hash) {
  hash.Add(refusal.document_no).Add(refusal.remedies);
  AddList(refusal.reasons, hash);
}
void AddKind(const Extended& extended, ContentHash& hash) {
  hash.Add(extended.document_no).Add(extended.reason);
}
void AddKind(const ObjectionUpheld& upheld, ContentHash& hash) {
  hash.Add(upheld.document_no).Add(upheld.correction);
  AddList(upheld.reasons, hash);
}
void AddKind(const ObjectionRejected& rejected, ContentHash& hash) {
  hash.Add(rejected.document_no).Add(rejected.remedies);
  AddList(rejected.reasons, hash);
}
void AddKind(const Revoked& revoked, ContentHash& hash) {
  hash.Add(revoked.kind)
      .Add(revoked.document_no)
      .Add(revoked.found_on)
      .Add(revoked.remedies)
      .Add(revoked.found_by);
  AddList(revoked.reasons, hash);
}

}  // namespace

bool AnswersObjections(const Answer& answer) {
  return std::holds_alternative<ObjectionUpheld>(answer.kind) ||
         std::holds_alternative<ObjectionRejected>(answer.kind) ||
         std::holds_alternative<Returned>(answer.kind);
}

bool AnswersRepairs(const Answer& answer) {
  return !std::holds_alternative<ObjectionUpheld>(answer.kind) &&
         !std::holds_alternative<ObjectionRejected>(answer.kind);
}

absl::Status CheckAnswer(const Answer& answer) { return AnswerCheck().Check(answer); }

std::string Fingerprint(const Answer& answer) {
  ContentHash hash;
  hash.Add(answer.answer_id)
      .Add(answer.task.bytes())
      .Add(answer.answered_at)
      .Add(static_cast<int64_t>(answer.kind.index()));
  std::visit([&hash](const auto& kind) { AddKind(kind, hash); }, answer.kind);
  return hash.Finish();
}

}  // namespace xiufu::department
