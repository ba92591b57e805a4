// What a claim comes to, case by case.
#include <gtest/gtest.h>

#include "libs/storage/claim.h"

namespace xiufu::storage {
namespace {

Id EventId(int64_t epoch, int64_t seq) {
  return DeriveId(Id(), "event", static_cast<uint64_t>(epoch * 1000 + seq), {});
}

EpochMark At(int64_t epoch, int64_t seq, bool left = false) {
  return {{"s", epoch, seq, seq == 0 ? Id() : EventId(epoch, seq)}, left};
}

messaging::Envelope Event(int64_t epoch, int64_t seq) {
  messaging::Envelope event;
  event.stream = "s";
  event.epoch = epoch;
  event.seq = seq;
  event.id = EventId(epoch, seq);
  if (seq > 1) event.previous_id = EventId(epoch, seq - 1);
  return event;
}

messaging::Envelope First(int64_t epoch, int64_t previous_epoch, int64_t previous_last) {
  messaging::Envelope event = Event(epoch, 1);
  event.previous_epoch = previous_epoch;
  event.previous_last = previous_last;
  event.previous_id = previous_epoch == 0 ? Id() : EventId(previous_epoch, previous_last);
  return event;
}

Claim ClaimOf(const std::vector<EpochMark>& marks, const messaging::Envelope& event) {
  return DecideClaim(marks, event).claim;
}

std::string Found(const std::vector<Divergence>& found) {
  std::string text;
  for (const Divergence& one : found) {
    text += std::to_string(one.epoch) + ":" + std::to_string(one.from_seq) + "-" +
            std::to_string(one.to_seq) + (one.note == kTakenNotHeld ? " taken;" : " late;");
  }
  return text;
}

TEST(ClaimTest, WithinAnEpoch) {
  EXPECT_EQ(ClaimOf({At(1, 3)}, Event(1, 4)), Claim::kNew);
  EXPECT_EQ(ClaimOf({At(1, 3)}, Event(1, 3)), Claim::kDone);
  EXPECT_EQ(ClaimOf({At(1, 3)}, Event(1, 1)), Claim::kDone);
  EXPECT_EQ(ClaimOf({At(1, 3)}, Event(1, 5)), Claim::kAhead);
  EXPECT_EQ(ClaimOf({At(1, 3)}, Event(1, 0)), Claim::kBroken);
}

TEST(ClaimTest, AWrongPredecessorBreaksTheStream) {
  messaging::Envelope event = Event(1, 4);
  event.previous_id = EventId(9, 9);
  EXPECT_EQ(ClaimOf({At(1, 3)}, event), Claim::kBroken);
  event.previous_id = Id();
  EXPECT_EQ(ClaimOf({At(1, 3)}, event), Claim::kBroken);
}

TEST(ClaimTest, AnotherEventUnderTheMarksNumberBreaksTheStream) {
  messaging::Envelope event = Event(1, 3);
  event.id = EventId(9, 9);
  EXPECT_EQ(ClaimOf({At(1, 3)}, event), Claim::kBroken);
  EXPECT_EQ(ClaimOf({At(1, 3), At(2, 0)}, event), Claim::kDone) << "left behind: no matter";
}

TEST(ClaimTest, ANewConsumerBeginsWithTheFirstEventOfTheFirstEpoch) {
  EXPECT_EQ(ClaimOf({}, First(1, 0, 0)), Claim::kNew);
  EXPECT_EQ(ClaimOf({}, Event(1, 2)), Claim::kAhead);
  EXPECT_EQ(ClaimOf({}, First(2, 1, 5)), Claim::kAhead);
  EXPECT_EQ(ClaimOf({At(1, 0)}, First(1, 0, 0)), Claim::kNew) << "entered before";
}

TEST(ClaimTest, ANewEpochIsTakenWhenTheOldOneIsComplete) {
  EXPECT_EQ(ClaimOf({At(1, 5)}, First(2, 1, 5)), Claim::kNew);
  EXPECT_EQ(ClaimOf({At(1, 5), At(2, 0)}, First(2, 1, 5)), Claim::kNew);
  EXPECT_EQ(ClaimOf({At(1, 4)}, First(2, 1, 5)), Claim::kAhead);
  EXPECT_EQ(ClaimOf({At(1, 5)}, Event(2, 2)), Claim::kAhead);
  EXPECT_EQ(ClaimOf({At(1, 5)}, First(3, 2, 1)), Claim::kAhead) << "a whole epoch is missing";
  messaging::Envelope wrong = First(2, 1, 5);
  wrong.previous_id = EventId(1, 4);
  EXPECT_EQ(ClaimOf({At(1, 5)}, wrong), Claim::kBroken);
  EXPECT_EQ(ClaimOf({At(1, 5)}, First(2, 2, 5)), Claim::kBroken) << "after itself";
}

TEST(ClaimTest, WhatARestoredProducerLostIsRecorded) {
  ClaimDecision decision = DecideClaim({At(1, 8)}, First(2, 1, 5));
  EXPECT_EQ(decision.claim, Claim::kNew);
  EXPECT_EQ(Found(decision.found), "1:6-8 taken;");
  decision = DecideClaim({At(1, 8)}, First(2, 0, 0));
  EXPECT_EQ(decision.claim, Claim::kNew) << "restored to before the stream's first event";
  EXPECT_EQ(Found(decision.found), "1:1-8 taken;");
}

TEST(ClaimTest, SeveralRestoresInARow) {
  EXPECT_EQ(ClaimOf({At(1, 5), At(2, 0)}, First(3, 1, 5)), Claim::kNew)
      << "an epoch without events is no part of the history";
  ClaimDecision decision = DecideClaim({At(1, 5), At(2, 3)}, First(3, 1, 4));
  EXPECT_EQ(decision.claim, Claim::kNew);
  EXPECT_EQ(Found(decision.found), "1:5-5 taken;2:1-3 taken;");
}

TEST(ClaimTest, RestoredToAnOlderCopyAndThenToANewerOne) {
  // First to a copy that ended at 1/10, then to one that ended at 1/15: 11 to 15 are still to be
  // had.
  ClaimDecision decision = DecideClaim({At(1, 10), At(2, 3)}, First(3, 1, 15));
  EXPECT_EQ(decision.claim, Claim::kAhead);
  EXPECT_EQ(decision.back_to, 1);
  EXPECT_EQ(Found(decision.found), "2:1-3 taken;");
  const std::vector<EpochMark> gone_back = {At(1, 10), At(2, 3, true)};
  EXPECT_EQ(PresentMark(gone_back)->mark.epoch, 1);
  EXPECT_EQ(ClaimOf(gone_back, Event(1, 11)), Claim::kNew);
  EXPECT_EQ(ClaimOf(gone_back, Event(2, 3)), Claim::kDone);
  EXPECT_EQ(ClaimOf(gone_back, Event(2, 4)), Claim::kStale);
  EXPECT_EQ(DecideClaim(gone_back, First(3, 1, 15)).back_to, 0) << "once is enough";
  EXPECT_EQ(ClaimOf({At(1, 15), At(2, 3, true)}, First(3, 1, 15)), Claim::kNew);
}

TEST(ClaimTest, AnEpochThatWasLeftIsTakenUpAgainWhenTheHistoryGoesThroughIt) {
  const std::vector<EpochMark> gone_back = {At(1, 12), At(2, 3, true)};
  ClaimDecision decision = DecideClaim(gone_back, First(4, 2, 5));
  EXPECT_EQ(decision.claim, Claim::kAhead);
  EXPECT_EQ(decision.back_to, 2);
  EXPECT_EQ(ClaimOf(gone_back, First(4, 2, 3)), Claim::kNew);
}

TEST(ClaimTest, WhatComesLateIsStaleAndRecordedUnlessItWasTaken) {
  EXPECT_EQ(ClaimOf({At(1, 5), At(2, 1)}, Event(1, 5)), Claim::kDone);
  ClaimDecision decision = DecideClaim({At(1, 5), At(2, 1)}, Event(1, 6));
  EXPECT_EQ(decision.claim, Claim::kStale);
  EXPECT_EQ(Found(decision.found), "1:6-6 late;");
  EXPECT_EQ(ClaimOf({At(2, 1)}, First(1, 0, 0)), Claim::kStale);
}

}  // namespace
}  // namespace xiufu::storage
