#include "services/intake/app/receive_pushed.h"

#include <optional>
#include <utility>

#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/create_application.h"

namespace xiufu::intake {
namespace {

absl::Status OtherPush(absl::string_view reason) {
  return WithReason(absl::AlreadyExistsError("something else was pushed under this number before"),
                    reason);
}

absl::Status NotNow(absl::string_view reason, absl::string_view message) {
  return WithReason(absl::FailedPreconditionError(message), reason);
}

// What was announced, the header of the paper does not say again.
constexpr ReceivedFields kPushedFields{.size = "chunk", .media_type = "chunk"};

std::optional<CaseView> OpenedCaseOf(const std::vector<CaseView>& cases, const Id& record) {
  for (const CaseView& view : cases) {
    if (IsOpened(view) && view.record == record) return view;
  }
  return std::nullopt;
}

bool Awaits(const std::optional<CaseView>& view, int32_t round) {
  return view.has_value() && AwaitsSupplement(*view) && view->supplement_round == round;
}

bool IsAmong(const std::vector<PushedMaterial>& papers, const std::string& sha256) {
  return std::any_of(papers.begin(), papers.end(),
                     [&](const PushedMaterial& one) { return one.paper.sha256 == sha256; });
}

absl::Status NotAwaited() {
  return NotNow("CASE_AWAITS_NO_SUPPLEMENT",
                "该件目前不等待这一轮补正 / the case awaits no supplement of this round");
}

}  // namespace

bool ReceivePushed::IsAwaited(storage::Tx& tx, const StoredPush& push, int32_t round) const {
  return Awaits(OpenedCaseOf(parts_.tables.cases->Of(tx, push.application), push.record), round);
}

template <typename ApplyFn>
void ReceivePushed::Write(ApplyFn apply, PushDone done) const {
  const auto kept = std::make_shared<PushStanding>();
  const absl::Time now = NowOf(parts_.context);
  parts_.database->Write(
      [this, kept, now, apply = std::move(apply)](storage::Tx& tx) {
        absl::StatusOr<StoredPush> push = apply(tx, now);
        if (!push.ok()) return push.status();
        *kept = StandingOf(tx, *parts_.pushes, *parts_.tables.applications, *std::move(push));
        return tx.status();
      },
      [kept, done = std::move(done)](const absl::Status& status) mutable {
        if (!status.ok()) return done(status);
        done(std::move(*kept));
      });
}

absl::StatusOr<StoredPush> ReceivePushed::FindPush(storage::Session& session, const DoorCall& call,
                                                   absl::string_view upstream_no) const {
  std::optional<StoredPush> push = parts_.pushes->FindByNumber(session, call.door, upstream_no);
  if (!session.status().ok()) return session.status();
  if (!push.has_value()) return NoSuchPush();
  return *std::move(push);
}

void ReceivePushed::Receive(const DoorCall& call, Command command, PushDone done) const {
  command.push.origin.front_door = call.door;
  Violations violations = command.unread;
  CheckPush(command.push, NowOf(parts_.context), violations);
  CheckPushedMaterials(command.push.materials, *parts_.law.Now().catalogue, violations);
  if (!violations.empty()) return done(violations.ToStatus());
  Write([this, call, command = std::move(command)](
            storage::Tx& tx, absl::Time now) { return Keep(tx, call, command, now); },
        std::move(done));
}

absl::StatusOr<StoredPush> ReceivePushed::Keep(storage::Tx& tx, const DoorCall& call,
                                               const Command& command, absl::Time now) const {
  const Push& pushed = command.push;
  std::optional<StoredPush> known =
      parts_.pushes->FindByNumber(tx, call.door, pushed.origin.upstream_no);
  if (known.has_value()) {
    if (known->sha256 == command.sha256) return *std::move(known);
    return OtherPush("UPSTREAM_NO_REUSED");
  }
  StoredPush push{.id = parts_.context.ids->NewV7(now),
                  .principal = call.call.principal,
                  .push = pushed,
                  .sha256 = command.sha256,
                  .received = now};
  parts_.pushes->Insert(tx, push, command.request);
  parts_.pushes->InsertPapers(
      tx, push.id, 0,
      WithKnownPapers(tx, *parts_.pushes, pushed.record.subject_uscc, pushed.materials));
  parts_.take_up->Schedule(tx, push, Id(), now);
  return push;
}

absl::StatusOr<std::unique_ptr<IncomingMaterial>> ReceivePushed::BeginPaper(
    const DoorCall& call, absl::string_view upstream_no, absl::string_view sha256) const {
  std::optional<Upload> announced;
  const absl::Status status = parts_.database->Read([&](storage::Session& session) {
    absl::StatusOr<StoredPush> push = FindPush(session, call, upstream_no);
    if (!push.ok()) return push.status();
    announced = parts_.pushes->Announced(session, push->id, sha256);
    return session.status();
  });
  if (!status.ok()) return status;
  if (!announced.has_value()) {
    return WithReason(absl::NotFoundError("no such paper was announced under this number"),
                      "MATERIAL_NOT_ANNOUNCED");
  }
  absl::StatusOr<std::unique_ptr<IncomingBlob>> blob = parts_.blobs->Begin();
  if (!blob.ok()) return blob.status();
  return std::make_unique<IncomingMaterial>(*std::move(announced), *std::move(blob), kPushedFields);
}

void ReceivePushed::AddPaper(const DoorCall& call, absl::string_view upstream_no,
                             std::unique_ptr<IncomingMaterial> incoming, PushDone done) const {
  const absl::Status kept = incoming->Keep(NowOf(parts_.context));
  if (!kept.ok()) return done(kept);
  Write([this, call, number = std::string(upstream_no), paper = incoming->upload()](
            storage::Tx& tx, absl::Time now) { return KeepPaper(tx, call, number, paper, now); },
        std::move(done));
}

absl::StatusOr<StoredPush> ReceivePushed::KeepPaper(storage::Tx& tx, const DoorCall& call,
                                                    const std::string& upstream_no,
                                                    const Upload& paper, absl::Time now) const {
  absl::StatusOr<StoredPush> push = FindPush(tx, call, upstream_no);
  if (!push.ok()) return push.status();
  if (push->state == PushState::kWithdrawn) {
    return NotNow("PUSH_WITHDRAWN",
                  "该编号的申请已撤回 / the application of this number was withdrawn");
  }
  parts_.pushes->MarkThere(tx, push->id, paper.sha256);
  if (push->state == PushState::kAwaitsPapers && AllThere(parts_.pushes->Papers(tx, push->id, 0))) {
    parts_.take_up->Schedule(tx, *push, Id(), now);
  }
  bool wanted = IsAmong(parts_.pushes->Papers(tx, push->id, 0), paper.sha256);
  for (const PushedSupplement& supplement : parts_.pushes->Supplements(tx, push->id)) {
    if (!IsAmong(parts_.pushes->Papers(tx, push->id, supplement.round), paper.sha256)) continue;
    wanted = wanted || supplement.taken || IsAwaited(tx, *push, supplement.round);
    if (supplement.taken) continue;
    const absl::Status taken = TakeSupplement(tx, call, *push, supplement, now);
    if (!taken.ok()) return taken;
  }
  // Its time ran out, or another has answered meanwhile: the door is told that nothing comes of it.
  return wanted ? push : NotAwaited();
}

void ReceivePushed::ReceiveSupplement(const DoorCall& call, SupplementPush supplement,
                                      PushDone done) const {
  Violations violations;
  violations.Take(CheckUpstreamNo("upstream_no", supplement.upstream_no));
  if (supplement.round < 1) {
    violations.Add("round", "not positive", "that of the request that was returned");
  }
  violations.Take(CheckText("note", supplement.note, 0, 500));
  if (supplement.papers.empty()) violations.Add("materials", "empty", "at least one paper");
  CheckPushedMaterials(supplement.papers, *parts_.law.Now().catalogue, violations);
  if (!violations.empty()) return done(violations.ToStatus());
  Write([this, call, supplement = std::move(supplement)](
            storage::Tx& tx, absl::Time now) { return KeepSupplement(tx, call, supplement, now); },
        std::move(done));
}

absl::StatusOr<StoredPush> ReceivePushed::KeepSupplement(storage::Tx& tx, const DoorCall& call,
                                                         const SupplementPush& supplement,
                                                         absl::Time now) const {
  absl::StatusOr<StoredPush> push = FindPush(tx, call, supplement.upstream_no);
  if (!push.ok()) return push.status();
  if (push->state != PushState::kTaken) return NotNow("PUSH_NOT_TAKEN", "it is in no case yet");
  for (const PushedSupplement& known : parts_.pushes->Supplements(tx, push->id)) {
    if (known.round != supplement.round) continue;
    if (known.sha256 != supplement.sha256) return OtherPush("SUPPLEMENT_REUSED");
    return known.taken || IsAwaited(tx, *push, supplement.round) ? push : NotAwaited();
  }
  if (!IsAwaited(tx, *push, supplement.round)) return NotAwaited();
  const PushedSupplement kept{supplement.round, supplement.sha256, supplement.note};
  parts_.pushes->InsertSupplement(tx, push->id, kept);
  parts_.pushes->InsertPapers(
      tx, push->id, supplement.round,
      WithKnownPapers(tx, *parts_.pushes, push->push.record.subject_uscc, supplement.papers));
  const absl::Status taken = TakeSupplement(tx, call, *push, kept, now);
  if (!taken.ok()) return taken;
  return push;
}

absl::Status ReceivePushed::TakeSupplement(storage::Tx& tx, const DoorCall& call,
                                           const StoredPush& push,
                                           const PushedSupplement& supplement,
                                           absl::Time now) const {
  const std::vector<PushedMaterial> papers = parts_.pushes->Papers(tx, push.id, supplement.round);
  if (!AllThere(papers)) return tx.status();
  const std::optional<Application> application =
      parts_.tables.applications->Find(tx, push.application);
  const std::optional<CaseView> view =
      OpenedCaseOf(parts_.tables.cases->Of(tx, push.application), push.record);
  // Its time ran out, or another answered, while the papers were on their way.
  if (!application.has_value() || !Awaits(view, supplement.round)) return tx.status();
  Supplement answer{push.application, view->id, {}, supplement.note};
  for (const PushedMaterial& one : papers) {
    const Material material =
        MaterialOf(one.paper, push.application, parts_.context.ids->NewV7(now), now);
    parts_.tables.materials->Insert(tx, material);
    answer.materials.push_back(material.id);
  }
  parts_.pushes->MarkSupplementTaken(tx, push.id, supplement.round, now);
  // The door speaks for the applicant, whoever made the application.
  return parts_.supplement
      ->Provide(tx, {application->principal, call.call.traceparent}, answer, now)
      .status();
}

void ReceivePushed::ReceiveWithdrawal(const DoorCall& call, const std::string& upstream_no,
                                      const std::string& reason, PushDone done) const {
  Violations violations;
  violations.Take(CheckUpstreamNo("upstream_no", upstream_no));
  violations.Take(CheckText("reason", reason, 1, 500));
  if (!violations.empty()) return done(violations.ToStatus());
  Write(
      [this, call, upstream_no, reason](storage::Tx& tx, absl::Time now) {
        return Withdraw(tx, call, upstream_no, reason, now);
      },
      std::move(done));
}

absl::StatusOr<StoredPush> ReceivePushed::Withdraw(storage::Tx& tx, const DoorCall& call,
                                                   const std::string& upstream_no,
                                                   const std::string& reason,
                                                   absl::Time now) const {
  absl::StatusOr<StoredPush> push = FindPush(tx, call, upstream_no);
  if (!push.ok()) return push.status();
  std::optional<Application> application;
  if (push->state == PushState::kTaken) {
    application = parts_.tables.applications->Find(tx, push->application);
  }
  if (!application.has_value() || !CameBy(application->origin, push->push.origin)) {
    push->state = PushState::kWithdrawn;
    push->reason.clear();
    parts_.pushes->Save(tx, *push);
    return push;
  }
  const std::optional<CaseView> view =
      OpenedCaseOf(parts_.tables.cases->Of(tx, push->application), push->record);
  if (view.has_value() && view->state == CaseState::kWithdrawn) return push;
  const absl::Status asked = parts_.withdraw
                                 ->Withdraw(tx, {application->principal, call.call.traceparent},
                                            {push->application, {}, reason}, now)
                                 .status();
  if (!asked.ok()) return asked;
  return push;
}

void ReceivePushed::TakeUpAgain(const Id& id, const Id& record, PushDone done) const {
  Write(
      [this, id, record](storage::Tx& tx, absl::Time now) -> absl::StatusOr<StoredPush> {
        std::optional<StoredPush> push = parts_.pushes->Find(tx, id);
        if (!push.has_value()) return NoSuchPush();
        if (IsSettled(push->state)) return NotNow("PUSH_TAKEN", "it is in a case, or withdrawn");
        parts_.take_up->Schedule(tx, *push, record, now);
        return *std::move(push);
      },
      std::move(done));
}

}  // namespace xiufu::intake
