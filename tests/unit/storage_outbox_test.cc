// The streams a store produces: numbers, heads, reading from a place, retention.
#include "libs/base/status.h"
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class OutboxTest : public StoreTest {
 protected:
  OutboxTest() { Open(); }

  absl::Status ReadStatus(const std::string& stream, int64_t epoch, int64_t from) {
    return database_->Read([&](Session& session) {
      return database_->outbox().ReadFrom(session, stream, epoch, from, 10).status();
    });
  }
  int64_t Prune(absl::Duration age, int64_t limit = 1000) {
    int64_t pruned = -1;
    MustWrite([&](Tx& tx) { pruned = tx.outbox().Prune(tx, clock_.Now() - age, limit); });
    return pruned;
  }
  void Note(const std::string& consumer, const std::string& stream, int64_t epoch, int64_t seq) {
    MustWrite(
        [&](Tx& tx) { tx.outbox().NoteConsumer(tx, consumer, stream, epoch, seq, clock_.Now()); });
  }
  // The store as it is, with a new epoch.
  void RestoreFromItself() {
    database_->Stop();
    database_.reset();
    std::filesystem::copy_file(Path(), Path("copy.db"),
                               std::filesystem::copy_options::overwrite_existing);
    clock_.Advance(absl::Seconds(1));
    ASSERT_TRUE(RestoreStore(Path("copy.db"), Path(), clock_.Now()).ok());
    Open();
  }
};

TEST_F(OutboxTest, StreamsAreNumberedEachForItself) {
  MustWrite([](Tx& tx) {
    tx.outbox().Append(tx, NewEvent("b", 1));
    tx.outbox().Append(tx, NewEvent("a", 1));
    tx.outbox().Append(tx, NewEvent("b", 2));
  });
  Reopen();
  AppendEvents("b", 3, 3);
  std::vector<StreamHead> heads = Heads();
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[0].stream, "a");
  EXPECT_EQ(heads[0].head, 1);
  EXPECT_EQ(heads[1].stream, "b");
  EXPECT_EQ(heads[1].first, 1);
  EXPECT_EQ(heads[1].head, 3);
  EXPECT_EQ(heads[1].last_id, TestId("b", 3));
  EXPECT_EQ(heads[1].epoch, database_->epoch());
  EXPECT_EQ(heads[1].previous_epoch, 0);
  EXPECT_EQ(Heads({"a", "c"}).size(), 1u);
}

TEST_F(OutboxTest, ReadingStopsAtTheHeadAndRefusesWhatItDoesNotHold) {
  AppendEvents("s", 1, 5);
  const int64_t epoch = database_->epoch();
  MustRead([&](Session& session) {
    auto rows = database_->outbox().ReadFrom(session, "s", epoch, 3, 2);
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->size(), 2u);
    EXPECT_EQ((*rows)[0].seq, 3);
    EXPECT_EQ((*rows)[0].type, "xiufu.test.happened.v1");
    EXPECT_TRUE(database_->outbox().ReadFrom(session, "s", epoch, 6, 2)->empty());
  });
  EXPECT_EQ(ReadStatus("other", epoch, 1).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadStatus("s", epoch - 1, 1).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadStatus("s", epoch, 0).code(), absl::StatusCode::kOutOfRange);
}

TEST_F(OutboxTest, ANewEpochBeginsAtOneAndNamesTheOneBefore) {
  AppendEvents("s", 1, 3);
  const int64_t old_epoch = database_->epoch();
  RestoreFromItself();
  RestoreFromItself();  // an epoch in between without events
  const int64_t epoch = database_->epoch();
  std::vector<StreamHead> heads = Heads();
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[1].epoch, epoch);
  EXPECT_EQ(heads[1].head, 0);
  EXPECT_EQ(heads[1].first, 1);
  EXPECT_EQ(heads[1].previous_epoch, old_epoch);
  EXPECT_EQ(heads[1].previous_last, 3);
  EXPECT_TRUE(ReadStatus("s", epoch, 1).ok()) << "known, and empty";

  EXPECT_TRUE(Write([](Tx& tx) {
                tx.outbox().Append(tx, NewEvent("s", 9));
                return absl::AbortedError("taken back");
              }).code() == absl::StatusCode::kAborted);
  AppendEvents("s", 4, 5);
  std::vector<OutboxRow> rows = Events("s", epoch);
  ASSERT_EQ(rows.size(), 2u);
  messaging::Envelope first = *messaging::DecodeEnvelope(rows[0].bytes);
  EXPECT_EQ(first.seq, 1);
  EXPECT_EQ(first.previous_epoch, old_epoch);
  EXPECT_EQ(first.previous_last, 3);
  EXPECT_EQ(first.previous_id, TestId("s", 3));
  messaging::Envelope second = *messaging::DecodeEnvelope(rows[1].bytes);
  EXPECT_EQ(second.previous_epoch, 0);
  EXPECT_EQ(second.previous_id, first.id);
  EXPECT_EQ(Heads()[1].previous_epoch, old_epoch);
  EXPECT_EQ(Events("s", old_epoch).size(), 3u) << "the old epoch's rows stay";
}

TEST_F(OutboxTest, WhatCannotBeSentIsRefused) {
  auto append = [&](absl::FunctionRef<void(messaging::Envelope&)> spoil) {
    return Write([&](Tx& tx) {
      messaging::Envelope event = NewEvent("s", 1);
      spoil(event);
      tx.outbox().Append(tx, event);
      return absl::OkStatus();
    });
  };
  EXPECT_EQ(append([](auto& event) { event.id = Id(); }).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(append([](auto& event) { event.stream.clear(); }).ok());
  EXPECT_FALSE(append([](auto& event) { event.data.assign(messaging::kMaxRunBytes, 'x'); }).ok());
  EXPECT_TRUE(append([](auto& event) { event.data.assign(200'000, 'x'); }).ok());
  EXPECT_EQ(Heads()[0].head, 1);
}

TEST_F(OutboxTest, RetentionWaitsForAgeAndForEveryConsumer) {
  AppendEvents("s", 1, 10);
  const int64_t epoch = database_->epoch();
  Note("one", "s", epoch, 8);
  Note("two", "s", epoch, 5);
  Note("stranger", "other", epoch, 1);
  EXPECT_EQ(Prune(absl::Hours(24)), 0) << "too young";
  clock_.Advance(absl::Hours(25));
  EXPECT_EQ(Prune(absl::Hours(24), 2), 2) << "the limit";
  EXPECT_EQ(Prune(absl::Hours(24)), 3) << "no further than the slowest";
  EXPECT_EQ(Heads()[0].first, 6);
  absl::Status below = ReadStatus("s", epoch, 5);
  EXPECT_EQ(below.code(), absl::StatusCode::kOutOfRange);
  ASSERT_TRUE(ReasonOf(below).has_value());
  EXPECT_EQ(ReasonOf(below)->metadata,
            (std::vector<std::pair<std::string, std::string>>{{"first", "6"}}));

  Note("two", "s", epoch, 4);
  Note("one", "s", epoch, 10);
  EXPECT_EQ(Prune(absl::Hours(24)), 0) << "a restored consumer counts as it says";
  Note("two", "s", epoch, 10);
  Note("three", "s", 0, 0);
  EXPECT_EQ(Prune(absl::Hours(24)), 0) << "one that is new has nothing";
  Note("three", "s", epoch, 10);
  EXPECT_EQ(Prune(absl::Hours(24)), 4) << "the newest stays";
  EXPECT_EQ(Heads()[0].first, 10);
  EXPECT_EQ(Heads()[0].last_id, TestId("s", 10));
  AppendEvents("s", 11, 11);
  EXPECT_EQ(Heads()[0].head, 11);
}

TEST_F(OutboxTest, RetentionKnowsThatALaterEpochOfItsOwnPassesEarlierOnes) {
  AppendEvents("s", 1, 5);
  const int64_t first_epoch = database_->epoch();
  RestoreFromItself();
  AppendEvents("s", 6, 7);
  clock_.Advance(absl::Hours(25));
  Note("one", "s", first_epoch, 2);
  Note("one", "s", first_epoch + 1, 9);  // of a history that this store never had
  EXPECT_EQ(Prune(absl::Hours(24)), 2);
  Note("one", "s", database_->epoch(), 1);
  EXPECT_EQ(Prune(absl::Hours(24)), 3) << "3 and 4 of the first epoch, 1 of the second";
}

TEST_F(OutboxTest, WithoutAnyConsumerOnlyWhatIsSentMayGo) {
  AppendEvents("s", 1, 5);
  clock_.Advance(absl::Hours(25));
  EXPECT_EQ(Prune(absl::Hours(24)), 0);
  database_->NoteSentThrough("s", database_->epoch(), 3);
  MustWrite([](Tx&) {});
  EXPECT_EQ(Prune(absl::Hours(24)), 3);
}

TEST_F(OutboxTest, RetentionLeavesNoHolesWhenTheClockJumped) {
  AppendEvents("s", 1, 1);
  clock_.JumpTo(clock_.Now() + absl::Hours(48));
  AppendEvents("s", 2, 2);
  clock_.JumpTo(clock_.Now() - absl::Hours(48));
  AppendEvents("s", 3, 4);
  Note("one", "s", database_->epoch(), 4);
  clock_.Advance(absl::Hours(25));
  EXPECT_EQ(Prune(absl::Hours(24)), 1) << "not past the young one";
}

}  // namespace
}  // namespace xiufu::storage
