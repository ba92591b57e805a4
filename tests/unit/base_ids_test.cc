#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "libs/base/ids.h"
#include "libs/base/query_code.h"
#include "libs/base/random_ids.h"
#include "libs/base/v7_sequence.h"
#include "libs/testing/seeded_ids.h"

namespace xiufu {
namespace {

const absl::Time kNow = absl::FromUnixMillis(1795000000123);

void ExpectV7(const Id& id) {
  const std::string text = id.ToString();
  EXPECT_EQ(text[14], '7') << text;
  EXPECT_TRUE(text[19] >= '8' && text[19] <= 'b') << text;
}

TEST(Ids, RandomIdsCarryTheTimeAndAscend) {
  RandomIds ids;
  Id last = ids.NewV7(kNow);
  EXPECT_EQ(last.UnixMillis(), 1795000000123);
  for (int i = 0; i < 10000; ++i) {
    const Id next = ids.NewV7(kNow);
    ExpectV7(next);
    ASSERT_LT(last, next);
    last = next;
  }
}

TEST(Ids, ManyThreadsGetDifferentIds) {
  RandomIds ids;
  std::vector<std::vector<Id>> made(4);
  std::vector<std::thread> threads;
  for (auto& list : made)
    threads.emplace_back([&ids, &list] {
      for (int i = 0; i < 2000; ++i) list.push_back(ids.NewV7(kNow));
    });
  for (std::thread& thread : threads) thread.join();
  std::set<Id> all;
  for (const auto& list : made) all.insert(list.begin(), list.end());
  EXPECT_EQ(all.size(), 8000u);
}

TEST(Ids, TwoProcessesGetDifferentIds) {
  RandomIds one, other;
  EXPECT_NE(one.NewV7(kNow), other.NewV7(kNow));
  EXPECT_NE(one.NewQueryCode(12), other.NewQueryCode(12));
}

TEST(Ids, SeededIdsRepeat) {
  SeededIds one(7), same(7), other(8);
  for (int i = 0; i < 100; ++i) {
    const Id id = one.NewV7(kNow);
    ExpectV7(id);
    EXPECT_EQ(id, same.NewV7(kNow));
    EXPECT_NE(id, other.NewV7(kNow));
    EXPECT_EQ(one.NewQueryCode(8), same.NewQueryCode(8));
  }
}

TEST(Ids, QueryCodesUseTheirAlphabetEvenly) {
  SeededIds ids(1);
  const std::string alphabet(kQueryCodeAlphabet);
  const std::string code = ids.NewQueryCode(29000);
  ASSERT_EQ(code.size(), 29000u);
  std::vector<int> count(alphabet.size());
  for (char c : code) {
    ASSERT_NE(alphabet.find(c), std::string::npos);
    ++count[alphabet.find(c)];
  }
  for (int n : count) EXPECT_NEAR(n, 1000, 200);
}

TEST(V7Sequence, AscendsThroughAllOverflows) {
  constexpr uint64_t kAllOnes = ~uint64_t{0};
  V7Sequence sequence;
  Id last = sequence.Next(kNow, kAllOnes, kAllOnes);
  for (int i = 0; i < 100; ++i) {
    const Id next = sequence.Next(kNow, kAllOnes, kAllOnes);
    ASSERT_LT(last, next);
    ExpectV7(next);
    last = next;
  }
}

TEST(V7Sequence, FollowsTheClockAfterALongJumpBack) {
  V7Sequence sequence;
  sequence.Next(kNow, 1, 1);
  EXPECT_EQ(sequence.Next(kNow - absl::Seconds(9), 1, 1).UnixMillis(), absl::ToUnixMillis(kNow));
  const absl::Time back = kNow - absl::Hours(1);
  EXPECT_EQ(sequence.Next(back, 1, 1).UnixMillis(), absl::ToUnixMillis(back));
}

RC_GTEST_PROP(V7SequenceProperty, AscendsForAnyChanceAndSmallSteps, (uint64_t seed)) {
  std::mt19937_64 random(seed);
  V7Sequence sequence;
  absl::Time now = kNow;
  Id last;
  for (int i = 0; i < 200; ++i) {
    now += absl::Milliseconds(static_cast<int>(random() % 5) - 2);
    const Id next = sequence.Next(now, random(), random());
    RC_ASSERT(last < next);
    last = next;
  }
}

}  // namespace
}  // namespace xiufu
