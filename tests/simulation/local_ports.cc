#include "tests/simulation/local_ports.h"

#include <memory>
#include <optional>
#include <utility>

#include "services/intake/drivers/common_codec.h"
#include "services/publication/drivers/record_codec.h"
#include "services/publication/drivers/sql_records.h"

namespace xiufu::simulation {
namespace {

absl::StatusOr<intake::RecordSnapshot> Convert(const publication::Record& record,
                                               const catalogue::AuthorityRegistry& authorities) {
  return intake::FromProto(publication::ToProto(record, authorities));
}

}  // namespace

void LocalRecords::Search(const intake::RecordSearch& search, PageDone done) {
  intake::RecordPage page;
  absl::Status read = publication_->Read([&](storage::Session& session) {
    for (const publication::Record& record : publication::SqlRecords().OfSubject(
             session, search.uscc, std::nullopt, search.page_size)) {
      absl::StatusOr<intake::RecordSnapshot> snapshot = Convert(record, *authorities_);
      if (!snapshot.ok()) return snapshot.status();
      page.records.push_back(*std::move(snapshot));
    }
    return absl::OkStatus();
  });
  if (read.ok()) {
    done(std::move(page));
  } else {
    done(read);
  }
}

void LocalRecords::Get(const std::vector<Id>& records, RecordsDone done) {
  std::vector<intake::RecordSnapshot> snapshots;
  absl::Status read = publication_->Read([&](storage::Session& session) {
    for (const Id& id : records) {
      std::optional<publication::Record> record = publication::SqlRecords().Find(session, id);
      if (!record.has_value()) return absl::NotFoundError("no such record");
      absl::StatusOr<intake::RecordSnapshot> snapshot = Convert(*record, *authorities_);
      if (!snapshot.ok()) return snapshot.status();
      snapshots.push_back(*std::move(snapshot));
    }
    return absl::OkStatus();
  });
  if (read.ok()) {
    done(std::move(snapshots));
  } else {
    done(read);
  }
}

absl::StatusOr<department::ApplicationFile> LocalFiles::GetApplicationFile(const Id& application,
                                                                           absl::Time) {
  absl::StatusOr<intake::ApplicationFile> file = (*intake_)->files.Get(application);
  if (!file.ok()) return file.status();
  department::ApplicationFile result;
  result.applicant.name = file->application.applicant.name;
  result.applicant.phone = file->application.applicant.phone;
  for (const intake::Material& material : file->materials) {
    result.file_names.push_back({material.id, material.file_name});
  }
  for (const intake::SupplementNote& note : file->notes) {
    result.notes.push_back({note.case_id, note.round, note.note});
  }
  return result;
}

absl::StatusOr<department::ApplicationFile> LocalFiles::GetObjectionFile(const Id& objection,
                                                                         absl::Time) {
  absl::StatusOr<intake::ObjectionView> view = (*intake_)->objections.GetFile(objection);
  if (!view.ok()) return view.status();
  department::ApplicationFile result;
  result.applicant.name = view->objection.what.applicant.name;
  result.applicant.phone = view->objection.what.applicant.phone;
  result.statement = view->objection.what.statement;
  for (const intake::Material& material : view->evidence) {
    result.file_names.push_back({material.id, material.file_name});
  }
  return result;
}

absl::StatusOr<std::string> LocalFiles::FetchMaterial(const Id& application,
                                                      absl::string_view sha256, int64_t size,
                                                      absl::Time) {
  absl::StatusOr<std::unique_ptr<intake::BlobReader>> reader =
      (*intake_)->files.Open(application, sha256);
  if (!reader.ok()) return reader.status();
  return (*reader)->Next(static_cast<size_t>(size));
}

}  // namespace xiufu::simulation
