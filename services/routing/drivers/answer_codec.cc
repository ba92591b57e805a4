#include "services/routing/drivers/answer_codec.h"

namespace xiufu::routing {
namespace {

CaseResult ResultOf(department::v1::Answer::Outcome outcome, FieldReader& reader) {
  switch (outcome) {
    case department::v1::Answer::APPROVED:
      return CaseResult::kApproved;
    case department::v1::Answer::REFUSED:
      return CaseResult::kRefused;
    default:
      reader.Fail("answer.decided.outcome", "is neither APPROVED nor REFUSED");
      return CaseResult::kNone;
  }
}

Decided DecidedFrom(const department::v1::Answer::Decided& decided, FieldReader& reader) {
  return {{.result = ResultOf(decided.outcome(), reader),
           .decision_no = decided.decision_no(),
           .decision_date = decided.decision_date(),
           .reasons = TextsFrom(decided.reasons()),
           .remedies = decided.remedies()}};
}

Revoked RevokedFrom(const department::v1::Answer::Revoked& revoked, FieldReader& reader) {
  return {.kind = reader.RequiredText("answer.revoked.kind", revoked.kind()),
          .document_no = revoked.document_no(),
          .found_on = revoked.found_on(),
          .reasons = TextsFrom(revoked.reasons()),
          .remedies = revoked.remedies(),
          .found_by = revoked.found_by()};
}

}  // namespace

SupplementAsked RequestFrom(const department::v1::Answer::SupplementRequested& request) {
  SupplementAsked asked{TextsFrom(request.defects()), {}, {}};
  for (const department::v1::Answer::MissingMaterial& missing : request.missing()) {
    asked.missing.push_back({missing.defect(), missing.kind()});
  }
  return asked;
}

Answered AnsweredFrom(const department::v1::Answer& answer, FieldReader& reader) {
  Answered answered{.answer_id = reader.RequiredText("answer.answer_id", answer.answer_id()),
                    .content = answer.SerializeAsString()};
  switch (answer.kind_case()) {
    case department::v1::Answer::kAccepted:
      answered.kind = Accepted{answer.accepted().document_no()};
      break;
    case department::v1::Answer::kSupplementRequested:
      answered.kind = RequestFrom(answer.supplement_requested());
      break;
    case department::v1::Answer::kDecided:
      answered.kind = DecidedFrom(answer.decided(), reader);
      break;
    case department::v1::Answer::kNotAccepted:
      answered.kind =
          NotAccepted{answer.not_accepted().document_no(),
                      TextsFrom(answer.not_accepted().reasons()), answer.not_accepted().remedies()};
      break;
    case department::v1::Answer::kExtended:
      answered.kind = Extended{answer.extended().document_no(), answer.extended().reason()};
      break;
    case department::v1::Answer::kReturned:
      answered.kind = Returned{answer.returned().reason()};
      break;
    case department::v1::Answer::kRevoked:
      answered.kind = RevokedFrom(answer.revoked(), reader);
      break;
    default:
      reader.Fail("answer", "is of no known kind");
  }
  return answered;
}

}  // namespace xiufu::routing
