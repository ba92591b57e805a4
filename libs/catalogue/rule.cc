#include "libs/catalogue/rule.h"

#include "absl/strings/str_cat.h"
#include "libs/catalogue/help.h"
#include "libs/catalogue/start_event.h"

namespace xiufu::catalogue {

bool IsVerified(absl::string_view confidence) {
  return confidence == kConfirmedByAuthority || confidence == "T" || confidence == "S";
}

absl::string_view ToString(RecordClass record_class) {
  switch (record_class) {
    case RecordClass::kMinor:
      return "MINOR";
    case RecordClass::kGeneral:
      return "GENERAL";
    case RecordClass::kSerious:
      return "SERIOUS";
    case RecordClass::kPending:
      break;
  }
  return "PENDING";
}

absl::string_view ToString(Handling handling) {
  switch (handling) {
    case Handling::kRelayed:
      return "RELAYED";
    case Handling::kHandedOver:
      return "HANDED_OVER";
    case Handling::kResultOnly:
      return "RESULT_ONLY";
    case Handling::kInSuite:
      break;
  }
  return "IN_SUITE";
}

absl::string_view ToString(FormKind kind) {
  return kind == FormKind::kApplication ? "APPLICATION" : "COMMITMENT";
}

absl::string_view ToString(Precedence precedence) {
  switch (precedence) {
    case Precedence::kLaw:
      return "LAW";
    case Precedence::kDepartment:
      return "DEPARTMENT";
    case Precedence::kDefault:
      break;
  }
  return "DEFAULT";
}

absl::string_view ToString(Anchor anchor) {
  switch (anchor) {
    case Anchor::kDocument:
      return "DOCUMENT";
    case Anchor::kListing:
      return "LISTING";
    case Anchor::kPublicity:
      return "PUBLICITY";
    case Anchor::kCorrection:
      return "CORRECTION";
    case Anchor::kDecision:
      break;
  }
  return "DECISION";
}

BilingualText ResultWordOf(const Rule& rule, MatterKind matter) {
  const bool mark = matter == MatterKind::kAbnormalMark && !rule.mark_result_word.empty();
  return mark ? BilingualText{rule.mark_result_word, rule.mark_result_word_en}
              : BilingualText{rule.result_word, rule.result_word_en};
}

std::string StartKey(const Deadline& deadline) {
  return absl::StrCat(deadline.start_event,
                      deadline.start_event_pushed.empty() ? "" : "_OR_UPSTREAM");
}

bool HasReviewer(const Rule& rule) {
  return std::any_of(rule.reviewers.begin(), rule.reviewers.end(),
                     [](const Reviewer& each) { return each.by == ReviewedBy::kReviewer; });
}

bool IsTold(const Rule& rule, const Deadline& deadline) {
  return deadline.kind != "PRE_CHECK" || HasReviewer(rule);
}

const Deadline* FindDeadline(const Rule& rule, absl::string_view kind) {
  for (const Deadline& deadline : rule.deadlines) {
    if (deadline.kind == kind && deadline.start_event != kSupplementComplete) return &deadline;
  }
  return nullptr;
}

}  // namespace xiufu::catalogue
