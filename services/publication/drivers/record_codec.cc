#include "services/publication/drivers/record_codec.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/text.h"
#include "libs/catalogue/worded_record.h"

namespace xiufu::publication {

// A feed may hold bytes of any encoding; a proto string holds UTF-8 alone.
v1::ImportReport::RowError ToProto(const RowNote& note) {
  v1::ImportReport::RowError proto;
  proto.set_line(note.line);
  proto.set_field(CleanUtf8(note.field));
  proto.set_reason(CleanUtf8(note.reason));
  return proto;
}

namespace {

void AddNotes(const std::vector<RowNote>& notes,
              google::protobuf::RepeatedPtrField<v1::ImportReport::RowError>& list) {
  for (const RowNote& note : notes) *list.Add() = ToProto(note);
}

std::string Clipped(const std::string& text) {
  return std::string(FirstCharacters(text, catalogue::kLookedAt));
}

std::string DayOrNone(const std::optional<absl::CivilDay>& day) {
  return day ? FormatDay(*day) : std::string();
}

common::v1::MatterKind MatterProto(catalogue::MatterKind matter) {
  common::v1::MatterKind proto = common::v1::MATTER_KIND_UNSPECIFIED;
  common::v1::MatterKind_Parse(absl::StrCat("MATTER_KIND_", ToString(matter)), &proto);
  return proto;
}

void SetListing(const RecordContent& content, common::v1::RecordSnapshot& snapshot) {
  snapshot.set_matter(MatterProto(content.key.matter));
  snapshot.set_list_name(content.list_name);
  snapshot.set_ground(Clipped(content.ground));
  snapshot.set_legal_basis(Clipped(content.basis));
  snapshot.set_published_on(DayOrNone(content.published_on));
  snapshot.set_corrected_on(DayOrNone(content.corrected_on));
  snapshot.set_restriction_until(DayOrNone(content.restriction_until));
  snapshot.set_restarted_on(DayOrNone(content.restarted_on));
  if (content.repair_basis != catalogue::Basis::kOrdinary) {
    snapshot.set_repair_basis(std::string(ToString(content.repair_basis)));
  }
}

// Where no feed has given the authority's code, it is known by its name.
const catalogue::Authority* Registered(const RecordContent& content,
                                       const catalogue::AuthorityRegistry& authorities) {
  return content.key.authority_uscc.empty() ? authorities.FindByName(content.authority_name)
                                            : authorities.FindByUscc(content.key.authority_uscc);
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
  if (const catalogue::Authority* known = Registered(content, authorities)) {
    authority.set_code(known->code);
    authority.set_uscc(known->uscc);
  }
  snapshot.set_document_no(content.key.document_no);
  snapshot.set_decision_date(FormatDay(content.decision_date));
  for (const std::string& kind : content.penalty_kinds) snapshot.add_penalty_kinds(kind);
  snapshot.set_fine_fen(content.fine_fen);
  snapshot.set_confiscated_fen(content.confiscated_fen);
  snapshot.set_state(static_cast<common::v1::RecordState>(record.state));
  snapshot.set_violation(content.violation);
  snapshot.set_publicity_end(DayOrNone(content.publicity_end));
  snapshot.set_procedure(content.procedure);
  SetListing(content, snapshot);
  return snapshot;
}

v1::ImportReport ToProto(const ImportReport& report) {
  const ImportCounts& counts = report.import.counts;
  v1::ImportReport proto;
  proto.set_rows(counts.position);
  proto.set_imported(counts.imported);
  proto.set_unchanged(counts.unchanged);
  proto.set_updated(counts.updated);
  proto.set_out_of_scope(counts.out_of_scope);
  proto.set_rejected(counts.rejected);
  proto.set_import(std::string(report.import.id.bytes()));
  proto.set_notes(counts.notes);
  proto.set_layout(report.import.layout);
  proto.set_encoding(report.import.encoding);
  proto.set_resumed_at(report.resumed_at);
  AddNotes(report.errors, *proto.mutable_errors());
  AddNotes(report.warnings, *proto.mutable_warnings());
  return proto;
}

}  // namespace xiufu::publication
