#include "tests/simulation/sim_node.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "libs/messaging/envelope.h"

namespace xiufu::simulation {
namespace {

// Always the same, so that what the bus did leaves no trace in when a call is made again.
double NoJitter() { return 0.5; }

}  // namespace

SimNode::SimNode(service::Wiring wiring, storage::Database* database, const Clock* clock)
    : wiring_(std::move(wiring)),
      database_(database),
      clock_(clock),
      handling_(&wiring_, service::RetryPolicy(), NoJitter),
      due_work_(database, &wiring_, &handling_, clock),
      desk_({database, &wiring_.jobs, clock, service::RetryPolicy{.max_attempts = 1'000'000},
             NoJitter}) {
  database_->AddListener(this);
  auto on_stopped = [](const std::string&, const std::string&) {};  // read back through stopped()
  for (const service::Subscription& subscription : wiring_.subscriptions) {
    Line line;
    line.subscription = &subscription;
    line.dispatcher = std::make_unique<service::Dispatcher>(
        service::Dispatcher::Parts{&subscription, database_, &handling_, &stopped_,
                                   [this](const std::string&) { gap_ = true; }, on_stopped});
    line.catch_up = std::make_unique<service::CatchUp>(
        service::CatchUp::Parts{&subscription, database_, line.dispatcher.get(), &stopped_, clock_,
                                on_stopped, [this] { database_->RunPending(); }});
    lines_.push_back(std::move(line));
  }
}

const std::vector<SimNode::Line*>& SimNode::LinesOf(const std::string& stream) {
  auto [entry, first] = by_stream_.try_emplace(stream);
  if (!first) return entry->second;
  for (Line& line : lines_) {
    const std::vector<std::string>& patterns = line.subscription->patterns;
    if (std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
          return messaging::StreamMatches(pattern, stream);
        })) {
      entry->second.push_back(&line);
    }
  }
  return entry->second;
}

void SimNode::Deliver(const storage::OutboxRow& row) {
  for (Line* line : LinesOf(row.stream)) {
    absl::StatusOr<messaging::Envelope> envelope = messaging::DecodeEnvelope(row.bytes);
    service::Batch batch;
    batch.now = clock_->Now();
    batch.events.push_back({*std::move(envelope), row.bytes});
    line->dispatcher->Offer(std::make_shared<service::Batch>(std::move(batch)),
                            [](const absl::Status&) {});
  }
}

bool SimNode::Step() {
  bool did = database_->RunPending() > 0;
  did |= RunDue();
  did |= RunJobs();
  return did;
}

bool SimNode::RunDue() {
  const absl::Time now = clock_->Now();
  if (due_at_ > now) return false;
  due_at_ = due_work_.NextDue();
  if (due_at_ > now) return false;
  due_work_.Submit([](const absl::Status&) {});
  database_->RunPending();
  due_at_ = absl::InfinitePast();
  return true;
}

bool SimNode::RunJobs() {
  const absl::Time now = clock_->Now();
  if (job_at_ > now) return false;
  std::vector<storage::Job> jobs = desk_.Lease(64);
  if (jobs.empty()) {
    const absl::Duration wait = desk_.UntilNext(now);
    job_at_ = wait == absl::InfiniteDuration() ? absl::InfiniteFuture() : now + wait;
    return false;
  }
  for (storage::Job& job : jobs) desk_.Run(std::move(job), [](const absl::Status&) {});
  database_->RunPending();
  job_at_ = absl::InfinitePast();
  return true;
}

void SimNode::CatchUpWith(SimNode& producer) {
  std::unique_ptr<service::StreamSource> source =
      service::NewLocalStreamSource(&producer.database(), clock_);
  for (Line& line : lines_) line.catch_up->Run(*source).IgnoreError();
  producer.database().RunPending();  // the marks it was told
}

void SimNode::OnCommitted(storage::Committed& committed) {
  if (committed.timers || committed.waiting) due_at_ = absl::InfinitePast();
  if (committed.jobs) job_at_ = absl::InfinitePast();
  for (storage::OutboxRow& row : committed.events) committed_.push_back(std::move(row));
}

std::vector<storage::OutboxRow> SimNode::TakeCommitted() { return std::exchange(committed_, {}); }

bool SimNode::TakeGap() { return std::exchange(gap_, false); }

}  // namespace xiufu::simulation
