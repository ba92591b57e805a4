#include "libs/storage/claim.h"

#include <algorithm>
#include <utility>

namespace xiufu::storage {
namespace {

const EpochMark* FindEpoch(absl::Span<const EpochMark> marks, int64_t epoch) {
  auto found = std::find_if(marks.begin(), marks.end(),
                            [&](const EpochMark& mark) { return mark.mark.epoch == epoch; });
  return found == marks.end() ? nullptr : &*found;
}

Divergence Taken(const Mark& mark, int64_t from_seq) {
  return {mark.stream, mark.epoch, from_seq, mark.seq, kTakenNotHeld};
}

bool WrongPredecessor(const Id& named, const EpochMark* before, int64_t seq_before) {
  if (before == nullptr || before->mark.seq != seq_before) return false;  // not known here
  return !before->mark.last_id.IsNone() && named != before->mark.last_id;
}

// The first event of an epoch that has none here yet.
ClaimDecision DecideFirst(absl::Span<const EpochMark> marks, const messaging::Envelope& envelope) {
  ClaimDecision decision;
  if (envelope.previous_epoch >= envelope.epoch) return decision;
  EntryDecision entry =
      DecideEntry(marks, envelope.epoch, envelope.previous_epoch, envelope.previous_last);
  if (!entry.complete) {
    decision.claim = Claim::kAhead;
    decision.back_to = entry.back_to;
    decision.found = std::move(entry.found);
    return decision;
  }
  const EpochMark* before = FindEpoch(marks, envelope.previous_epoch);
  if (WrongPredecessor(envelope.previous_id, before, envelope.previous_last)) return decision;
  decision.claim = Claim::kNew;
  decision.found = std::move(entry.found);
  return decision;
}

}  // namespace

const EpochMark* PresentMark(absl::Span<const EpochMark> marks) {
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
    if (!mark->left) return &*mark;
  }
  return nullptr;
}

ClaimDecision DecideClaim(absl::Span<const EpochMark> marks, const messaging::Envelope& envelope) {
  if (envelope.seq < 1) return {Claim::kBroken, {}, 0};
  const EpochMark* own = FindEpoch(marks, envelope.epoch);
  const EpochMark* present = PresentMark(marks);
  const bool behind =
      (own != nullptr && own->left) || (present != nullptr && envelope.epoch < present->mark.epoch);
  if (own != nullptr && envelope.seq <= own->mark.seq) {
    // Two events under one number: the producer's store was put back without a new epoch.
    const bool other = !behind && envelope.seq == own->mark.seq && !own->mark.last_id.IsNone() &&
                       envelope.id != own->mark.last_id;
    return {other ? Claim::kBroken : Claim::kDone, {}, 0};
  }
  if (behind) {
    return {Claim::kStale,
            {{envelope.stream, envelope.epoch, envelope.seq, envelope.seq, kLateNotTaken}},
            0};
  }
  if (envelope.seq == 1) return DecideFirst(marks, envelope);
  if (own == nullptr || envelope.seq > own->mark.seq + 1) return {Claim::kAhead, {}, 0};
  if (WrongPredecessor(envelope.previous_id, own, envelope.seq - 1)) return {Claim::kBroken, {}, 0};
  return {Claim::kNew, {}, 0};
}

EntryDecision DecideEntry(absl::Span<const EpochMark> marks, int64_t epoch, int64_t previous_epoch,
                          int64_t previous_last) {
  EntryDecision decision;
  const EpochMark* before = FindEpoch(marks, previous_epoch);
  const int64_t taken = before == nullptr ? 0 : before->mark.seq;
  decision.complete = previous_epoch == 0 || (before != nullptr && taken >= previous_last);
  if (taken > previous_last) decision.found.push_back(Taken(before->mark, previous_last + 1));
  for (const EpochMark& mark : marks) {
    const bool skipped = mark.mark.epoch > previous_epoch && mark.mark.epoch < epoch;
    if (!skipped) continue;
    if (mark.mark.seq > 0) decision.found.push_back(Taken(mark.mark, 1));
    if (!mark.left) decision.back_to = previous_epoch;
  }
  if (before != nullptr && before->left) decision.back_to = previous_epoch;
  if (decision.complete) decision.back_to = 0;  // the new epoch itself puts the others behind
  if (!decision.complete && decision.back_to == 0) decision.found.clear();  // merely slow
  return decision;
}

}  // namespace xiufu::storage
