#include "services/intake/app/tell_upstream.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/storage/jobs.h"

namespace xiufu::intake {
namespace {

std::string NumberOf(const StoredPush& push) {
  return absl::StrCat(static_cast<int>(push.push.origin.front_door), "/",
                      push.push.origin.upstream_no);
}

}  // namespace

void TellUpstream::News(storage::Tx& tx, const Application& application, const CaseView& view,
                        const std::vector<intake::News>& news) const {
  const bool told = std::any_of(news.begin(), news.end(), [](const intake::News& one) {
    return !ReturnKindOf(absl::string_view(one.code)).empty();
  });
  if (!told) return;
  for (const StoredPush& push : pushes_->Of(tx, application.id)) {
    if (push.record != view.record || push.state != PushState::kTaken) continue;
    for (const intake::News& one : news) {
      const absl::string_view kind = ReturnKindOf(absl::string_view(one.code));
      if (kind.empty()) continue;
      Append(tx, push, ReturnAbout(view, kind, one.time, application.number, NumberOf(push)));
    }
  }
}

void TellUpstream::Joined(storage::Tx& tx, const StoredPush& push, const Application& application,
                          const CaseView* view, absl::Time at) const {
  const std::string number = NumberOf(push);
  // Whoever knows the code sees the whole application: not the door that only joined it.
  const bool own = CameBy(application.origin, push.push.origin);
  Append(tx, push,
         ReceivedReturn(application.id, at, application.number, own ? application.query_code : "",
                        number));
  if (view == nullptr) return;
  const absl::string_view kind = ReturnKindOf(*view);
  if (kind.empty()) return;
  Append(tx, push, ReturnAbout(*view, kind, view->changed, application.number, number));
}

void TellUpstream::Returned(storage::Tx& tx, const Id& id, const Id& push, absl::Time now) const {
  returns_->MarkReturned(tx, id, now);
  const std::optional<StoredPush> stored = pushes_->Find(tx, push);
  if (stored.has_value()) SendNext(tx, push, stored->push.origin.front_door, now);
}

void TellUpstream::GivenUp(storage::Tx& tx, const Id& id, absl::Time now) const {
  const std::optional<ReturnTable::Row> row = returns_->Find(tx, id);
  if (row.has_value()) SendNext(tx, row->push, row->door, now);
}

void TellUpstream::Append(storage::Tx& tx, const StoredPush& push,
                          const UpstreamReturn& content) const {
  returns_->Append(tx, push, content);
  SendNext(tx, push.id, push.push.origin.front_door, content.at);
}

void TellUpstream::SendNext(storage::Tx& tx, const Id& push, FrontDoor door, absl::Time now) const {
  const std::optional<Id> next = returns_->NextOf(tx, push);
  if (!next.has_value()) return;
  tx.jobs().Add(tx, {.id = *next,
                     .kind = kReturnJob,
                     .destination = absl::StrCat("upstream.", static_cast<int>(door)),
                     .created = now,
                     .due = now});
}

}  // namespace xiufu::intake
