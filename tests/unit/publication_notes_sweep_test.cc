// What imports had to say about rows goes after its time.
#include "libs/service/due_work.h"
#include "libs/service/handling.h"
#include "libs/service/retry_policy.h"
#include "services/publication/app/sweep_notes.h"
#include "services/publication/drivers/sql_imports.h"
#include "tests/unit/publication_surface.h"

namespace xiufu::publication {
namespace {

constexpr absl::Duration kKeep = absl::Hours(24 * 30);

std::string BadRows(int count) {
  std::vector<RowText> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back(RowText().Set("CF_WSH", absl::StrCat(i)).Set("CF_JDRQ", "x"));
  }
  return FeedOf(rows);
}

class PublicationNotesSweep : public PublicationTest {
 protected:
  // A process that begins now, until nothing is due.
  void RunTimers() {
    const service::Wiring wiring = WirePublication(&FeedLaw::Get().in_force, {kKeep, 30});
    const service::Handling handling(&wiring, service::RetryPolicy(), [] { return 0.0; });
    service::DueWork due(database_.get(), &wiring, &handling, &clock_);
    ASSERT_TRUE(Write([&](storage::Tx& tx) { return SweepNotes::Begin(tx, clock_.Now()); }).ok());
    while (due.NextDue() <= clock_.Now()) {
      due.Submit([](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
      while (database_->RunPending() > 0) {
      }
    }
    EXPECT_LE(due.NextDue(), clock_.Now() + absl::Hours(24)) << "and again tomorrow";
  }
  std::string Notes() { return Rows("SELECT count(*) FROM import_note", 1)[0]; }
};

TEST_F(PublicationNotesSweep, AfterTheirTimeAndNotBefore) {
  ASSERT_EQ(Import(BadRows(5001))->import.counts.notes, 5001);
  clock_.Advance(kKeep / 2);
  ASSERT_TRUE(Import(BadRows(3)).ok());
  clock_.Advance(kKeep / 2);
  RunTimers();
  EXPECT_EQ(Notes(), "5004") << "to the last instant";
  clock_.Advance(absl::Milliseconds(1));
  RunTimers();
  EXPECT_EQ(Notes(), "3") << "those of the later import";
  EXPECT_EQ(Rows("SELECT notes, position, notes_deleted_at IS NOT NULL FROM import ORDER BY id", 3),
            (std::vector<std::string>{"5001|5001|1", "3|3|0"}))
      << "what it came to stays";
}

TEST_F(PublicationNotesSweep, AnImportThatNobodyFinishedIsClosed) {
  const SqlImports imports;
  const ImportFile file = {.request_id = ids_.NewV7(clock_.Now()), .sha256 = std::string(32, 's')};
  const auto begin = [&] {
    Id id;
    const absl::Status status = Write([&](storage::Tx& tx) {
      id = imports.Begin(tx, ids_.NewV7(clock_.Now()), file, clock_.Now()).id;
      imports.AddNote(tx, id, 1, {});
      return tx.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return id;
  };
  const Id first = begin();
  clock_.Advance(kKeep + absl::Seconds(1));
  RunTimers();
  EXPECT_EQ(Notes(), "0");
  EXPECT_NE(begin(), first) << "its file begins anew";
}

class PublicationNotesSurface : public PublicationSurface {};

TEST_F(PublicationNotesSurface, WhoAsksForThemIsTold) {
  const absl::StatusOr<v1::ImportReport> report = Import(BadRows(2));
  ASSERT_TRUE(report.ok()) << report.status();
  const auto list = [&] {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::ListImportNotesRequest request;
    request.set_import(report->import());
    v1::ListImportNotesResponse response;
    return rpc::FromGrpc(As("operator")->ListImportNotes(&context, request, &response));
  };
  ASSERT_TRUE(list().ok());
  const SqlImports imports;
  ASSERT_TRUE(database_
                  ->WriteAndWait([&](storage::Tx& tx) {
                    imports.CloseNotes(tx, *Id::FromBytes(report->import()), clock_.Now());
                    return tx.status();
                  })
                  .ok());
  const absl::Status gone = list();
  EXPECT_EQ(gone.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(HasReason(gone, "IMPORT_NOTES_DELETED")) << gone;
}

}  // namespace
}  // namespace xiufu::publication
