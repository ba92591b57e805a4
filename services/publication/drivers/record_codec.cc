#include "services/publication/drivers/record_codec.h"

#include "libs/base/legal_day.h"
#include "libs/base/text.h"

namespace xiufu::publication {
namespace {

// A feed's header may name its columns in any encoding; a proto string holds UTF-8 alone.
void AddNotes(const std::vector<RowNote>& notes,
              google::protobuf::RepeatedPtrField<v1::ImportReport::RowError>& list) {
  for (const RowNote& note : notes) {
    v1::ImportReport::RowError& row = *list.Add();
    row.set_line(note.line);
    row.set_field(CleanUtf8(note.field));
    row.set_reason(CleanUtf8(note.reason));
  }
}

}  // namespace

common::v1::RecordSnapshot ToProto(const Record& record,
                                   const catalogue::AuthorityRegistry& authorities) {
  const RecordContent& content = record.content;
  common::v1::RecordSnapshot snapshot;
  snapshot.set_record(std::string(record.id.bytes()));
  snapshot.set_version(record.version);
  snapshot.set_subject_uscc(content.key.subject_uscc);
  snapshot.set_subject_name(content.subject_name);
  common::v1::Authority& authority = *snapshot.mutable_authority();
  authority.set_name(content.authority_name);
  authority.set_uscc(content.key.authority_uscc);
  if (const auto* known = authorities.FindByUscc(content.key.authority_uscc)) {
    authority.set_code(known->code);
  }
  snapshot.set_document_no(content.key.document_no);
  snapshot.set_decision_date(FormatDay(content.decision_date));
  for (const std::string& kind : content.penalty_kinds) snapshot.add_penalty_kinds(kind);
  snapshot.set_fine_fen(content.fine_fen);
  snapshot.set_confiscated_fen(content.confiscated_fen);
  snapshot.set_state(static_cast<common::v1::RecordState>(record.state));
  snapshot.set_violation(content.violation);
  if (content.publicity_end) snapshot.set_publicity_end(FormatDay(*content.publicity_end));
  return snapshot;
}

v1::ImportReport ToProto(const ImportReport& report) {
  v1::ImportReport proto;
  proto.set_rows(report.rows);
  proto.set_imported(report.imported);
  proto.set_unchanged(report.unchanged);
  proto.set_updated(report.updated);
  proto.set_out_of_scope(report.out_of_scope);
  proto.set_rejected(report.rejected);
  AddNotes(report.errors, *proto.mutable_errors());
  AddNotes(report.warnings, *proto.mutable_warnings());
  return proto;
}

}  // namespace xiufu::publication
