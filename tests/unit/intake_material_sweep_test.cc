// The sweep's timer: one job at a time, also after an operator gave one up.
#include <gtest/gtest.h>

#include <vector>

#include "libs/storage/jobs.h"
#include "services/intake/drivers/material_sweep.h"
#include "tests/unit/service_fixture.h"

namespace xiufu::intake {
namespace {

class IntakeMaterialSweepTest : public service::ServiceTest {
 protected:
  IntakeMaterialSweepTest() {
    WireMaterialSweep(wiring_, database_.get(), Tables(), nullptr);
    EXPECT_TRUE(ArmMaterialSweep(*database_, clock_.Now()).ok());
  }
  // Lets the timer come due; the jobs that are to be done then.
  std::vector<storage::Job> NextHour() {
    clock_.Advance(absl::Hours(1));
    Write([&](storage::Tx& tx) {
      const auto timers = tx.timers().Due(tx, clock_.Now(), 10);
      EXPECT_EQ(timers.size(), 1u);
      return wiring_.timers.by_kind.at(timers.at(0).kind)(timers.at(0), clock_.Now(), tx);
    });
    std::vector<storage::Job> jobs;
    Write([&](storage::Tx& tx) {
      jobs = tx.jobs().Due(tx, clock_.Now(), 10, {}, {});
      return absl::OkStatus();
    });
    return jobs;
  }
  void Write(absl::AnyInvocable<absl::Status(storage::Tx&)> fn) {
    const absl::Status status = database_->WriteAndWait(std::move(fn));
    ASSERT_TRUE(status.ok()) << status;
  }

  service::Wiring wiring_;
};

TEST_F(IntakeMaterialSweepTest, OneAtATimeAndAgainAfterOneWasGivenUp) {
  const std::vector<storage::Job> first = NextHour();
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(NextHour().size(), 1u) << "the one that was there";
  Write([&](storage::Tx& tx) {
    tx.jobs().Park(tx, first[0].id, 1, clock_.Now(), "no space");
    return absl::OkStatus();
  });
  EXPECT_TRUE(NextHour().empty()) << "a person's turn";
  Write([&](storage::Tx& tx) {
    return tx.jobs().Discard(tx, first[0].id, "disk replaced", clock_.Now());
  });
  const std::vector<storage::Job> next = NextHour();
  ASSERT_EQ(next.size(), 1u) << "the next hour's sweep is another job";
  EXPECT_NE(next[0].id, first[0].id);
}

}  // namespace
}  // namespace xiufu::intake
