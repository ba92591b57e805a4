#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "libs/base/interruption.h"

namespace xiufu {
namespace {

TEST(InterruptionTest, CancelsWhatIsUnderWayAndAllThatComes) {
  Interruption interruption;
  int cancelled = 0;
  const auto count = [&] { ++cancelled; };
  { const Interruption::Call over(&interruption, count); }
  const Interruption::Call running(&interruption, count);
  EXPECT_FALSE(interruption.stopped());
  interruption.Stop();
  EXPECT_EQ(cancelled, 1) << "what was over is left alone";
  interruption.Stop();
  EXPECT_EQ(cancelled, 1);
  EXPECT_TRUE(interruption.stopped());
  const Interruption::Call late(&interruption, count);
  EXPECT_EQ(cancelled, 2);
}

TEST(InterruptionTest, WithoutOneNothingIsCutShort) {
  const Interruption::Call call(nullptr, [] { FAIL(); });
}

TEST(InterruptionTest, NeverCancelsACallThatIsGone) {
  for (int round = 0; round < 200; ++round) {
    Interruption interruption;
    std::thread worker([&] {
      while (!interruption.stopped()) {
        auto alive = std::make_unique<std::atomic<bool>>(true);
        const Interruption::Call call(&interruption, [&alive] { *alive = false; });
      }
    });
    interruption.Stop();
    worker.join();
  }
}

}  // namespace
}  // namespace xiufu
