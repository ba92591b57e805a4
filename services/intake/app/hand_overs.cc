#include "services/intake/app/hand_overs.h"

#include <utility>

#include "libs/base/status.h"
#include "services/intake/app/consultations.h"
#include "services/intake/app/find_application.h"

namespace xiufu::intake {
namespace {

const Id& MatterOf(const HandOver& hand_over) {
  return hand_over.application.IsNone() ? hand_over.consultation : hand_over.application;
}

// Whose it is; NOT_FOUND when that is not the caller.
absl::Status FindMatter(storage::Session& session, const Tables& tables, const WindowCaller& caller,
                        const HandOverRequest& request, HandOver& hand_over) {
  if (!request.consultation.IsNone()) {
    const auto found = tables.consultations->Find(session, request.consultation);
    if (!found || found->region != caller.region) return NoSuchConsultation();
    hand_over.consultation = found->id;
    return absl::OkStatus();
  }
  absl::StatusOr<Application> application = FindByKey(session, tables, request.application);
  if (!application.ok()) return application.status();
  const std::optional<Filing> filing = tables.filings->Find(session, application->id);
  if (!filing || filing->region != caller.region) return NoSuchApplication();
  hand_over.application = application->id;
  return absl::OkStatus();
}

}  // namespace

void HandOvers::Give(const WindowCaller& caller, const HandOverCommand& command,
                     ClientWrite<HandOverView> write) {
  absl::StatusOr<HandOverRequest> request = ValidateHandOver(command);
  if (!request.ok()) return write.done(request.status());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write), [this, caller, request = *std::move(request), now](storage::Tx& tx) {
    return GiveNow(tx, caller, request, now);
  });
}

absl::StatusOr<HandOverView> HandOvers::GiveNow(storage::Tx& tx, const WindowCaller& caller,
                                                const HandOverRequest& request,
                                                absl::Time now) const {
  HandOver hand_over;
  absl::Status found = FindMatter(tx, tables_, caller, request, hand_over);
  if (!found.ok()) return found;
  if (tables_.hand_overs->OpenOf(tx, MatterOf(hand_over))) {
    return WithReason(absl::FailedPreconditionError(
                          "已移交，等待对方窗口接收 / it was handed over and waits to be taken up"),
                      "HAND_OVER_OPEN");
  }
  absl::StatusOr<std::string> to = RegionToHandTo(
      request.to_region, ViewOf(tx, hand_over).subject_uscc, caller.region, *law_.Now().catalogue);
  if (!to.ok()) return to.status();
  hand_over.id = context_.ids->NewV7(now);
  hand_over.from_region = caller.region;
  hand_over.to_region = *std::move(to);
  hand_over.from_clerk = request.clerk;
  hand_over.reason = request.reason;
  hand_over.given = now;
  tables_.hand_overs->Insert(tx, hand_over);
  return ViewOf(tx, hand_over);
}

void HandOvers::TakeUp(const WindowCaller& caller, const std::string& name,
                       const std::string& clerk, ClientWrite<HandOverView> write) {
  Violations violations;
  const absl::StatusOr<Id> id = ParseHandOverName("name", name);
  violations.Take(id.status());
  CheckClerk(clerk, violations);
  if (!violations.empty()) return write.done(violations.ToStatus());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write), [this, caller, id = *id, clerk, now](storage::Tx& tx) {
    return TakeUpNow(tx, caller, id, clerk, now);
  });
}

absl::StatusOr<HandOverView> HandOvers::TakeUpNow(storage::Tx& tx, const WindowCaller& caller,
                                                  const Id& id, const std::string& clerk,
                                                  absl::Time now) const {
  std::optional<HandOver> hand_over = tables_.hand_overs->Find(tx, id);
  if (!hand_over) return NoSuchHandOver();
  absl::Status may = CheckTakeUp(*hand_over, caller);
  if (!may.ok()) return may;
  hand_over->taken = now;
  hand_over->to_clerk = clerk;
  tables_.hand_overs->SaveTaken(tx, *hand_over);
  if (!hand_over->consultation.IsNone()) {
    tables_.consultations->Move(tx, hand_over->consultation, caller.region);
    return ViewOf(tx, *hand_over);
  }
  std::optional<Application> application = tables_.applications->Find(tx, hand_over->application);
  if (!application) return NoSuchApplication();
  application->principal = caller.principal;
  tables_.applications->SavePrincipal(tx, *application);
  tables_.filings->Move(tx, application->id, caller.region);
  return ViewOf(tx, *hand_over);
}

absl::StatusOr<HandOverPage> HandOvers::List(const WindowCaller& caller,
                                             HandOverFilter filter) const {
  HandOverPage page;
  if (!caller.city) filter.region = caller.region;
  const int limit = filter.limit++;
  absl::Status status = database_->Read([&](storage::Session& session) {
    for (const HandOver& one : tables_.hand_overs->List(session, filter)) {
      page.hand_overs.push_back(ViewOf(session, one));
    }
    return session.status();
  });
  if (!status.ok()) return status;
  page.more = static_cast<int>(page.hand_overs.size()) > limit;
  if (page.more) page.hand_overs.pop_back();
  return page;
}

HandOverView HandOvers::ViewOf(storage::Session& session, const HandOver& hand_over) const {
  HandOverView view{hand_over, "", ""};
  if (!hand_over.consultation.IsNone()) {
    const auto consultation = tables_.consultations->Find(session, hand_over.consultation);
    if (consultation) view.subject_uscc = consultation->subject_uscc;
    return view;
  }
  const auto application = tables_.applications->Find(session, hand_over.application);
  if (application) {
    view.subject_uscc = application->subject_uscc;
    view.application_number = application->number;
  }
  return view;
}

}  // namespace xiufu::intake
