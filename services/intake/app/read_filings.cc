#include "services/intake/app/read_filings.h"

#include <algorithm>
#include <utility>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/app/find_application.h"
#include "services/intake/domain/resource_name.h"

namespace xiufu::intake {
namespace {

// The papers that were asked for and have not been handed in; of an agent also the power.
std::vector<std::string> MissingOf(const FilingView& view, const Notice& notice, const Law& law) {
  std::vector<std::string> asked;
  for (const NoticeMaterial& material : notice.asked) asked.push_back(material.kind);
  const Application& application = view.application.application;
  const std::string& power = law.catalogue->window_terms().power_material;
  if (ShowsPower(application.applicant, application.origin) &&
      std::find(asked.begin(), asked.end(), power) == asked.end()) {
    asked.push_back(power);
  }
  const auto& materials = view.application.materials;
  std::vector<std::string> missing;
  for (const std::string& kind : asked) {
    const bool there = std::any_of(materials.begin(), materials.end(),
                                   [&](const Material& one) { return one.kind == kind; });
    if (!there) missing.push_back(kind);
  }
  return missing;
}

std::string NameOfWindow(const std::string& id, const Law& law) {
  for (const catalogue::HelpWindow& window : law.catalogue->windows()) {
    if (window.id == id) return window.name;
  }
  return id;
}

}  // namespace

absl::StatusOr<FilingView> ReadFilings::Get(const WindowCaller& caller,
                                            const std::string& name) const {
  FilingView view;
  absl::Status status = database_->Read([&](storage::Session& session) {
    absl::StatusOr<FilingView> found = Load(session, caller, name);
    if (!found.ok()) return found.status();
    view = *std::move(found);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return view;
}

absl::StatusOr<FilingPage> ReadFilings::List(const WindowCaller& caller, absl::string_view region,
                                             const Id& before, int limit) const {
  FilingPage page;
  if (!region.empty() && !Sees(caller, region)) return page;
  const std::string wanted(region.empty() && !caller.city ? caller.region : region);
  absl::Status status = database_->Read([&](storage::Session& session) {
    std::vector<Filing> filings = tables_.filings->List(session, wanted, before, limit + 1);
    page.more = static_cast<int>(filings.size()) > limit;
    if (page.more) filings.pop_back();
    for (const Filing& filing : filings) {
      const auto application = tables_.applications->Find(session, filing.application);
      if (application) page.filings.push_back(Complete(session, filing, *application));
    }
    return session.status();
  });
  if (!status.ok()) return status;
  return page;
}

absl::StatusOr<FilingSlip> ReadFilings::PrintSlip(const WindowCaller& caller,
                                                  const std::string& name,
                                                  const std::string& query_code) const {
  const Law law = law_.Now();
  FilingSlip slip;
  slip.on = LegalDay(clock_->Now());
  std::vector<RecordSnapshot> records;
  absl::Status status = database_->Read([&](storage::Session& session) {
    absl::StatusOr<FilingView> found = Load(session, caller, name);
    if (!found.ok()) return found.status();
    const Application& application = found->application.application;
    if (!SameCode(application.query_code, query_code)) return NoSuchApplication();
    for (ApplicationRecord& one : tables_.records->Of(session, application.id)) {
      records.push_back(std::move(one.snapshot));
    }
    slip.view = *std::move(found);
    return session.status();
  });
  if (!status.ok()) return status;
  const Application& application = slip.view.application.application;
  absl::StatusOr<Notice> notice = ComposeNotice(law, application.subject_uscc, records, slip.on);
  if (!notice.ok()) return notice.status();
  slip.notice = *std::move(notice);
  if (IsDraft(application)) slip.missing = MissingOf(slip.view, slip.notice, law);
  std::vector<std::string> kinds = slip.missing;
  for (const Material& one : slip.view.application.materials) kinds.push_back(one.kind);
  for (const std::string& kind : kinds) {
    const catalogue::MaterialKind* known = law.catalogue->FindMaterial(kind);
    if (known != nullptr) slip.material_names[kind] = known->name;
  }
  slip.window_name = NameOfWindow(slip.view.filing.desk.window, law);
  return slip;
}

absl::StatusOr<FilingView> ReadFilings::Load(storage::Session& session, const WindowCaller& caller,
                                             const std::string& name) const {
  absl::StatusOr<ApplicationKey> key = ParseApplicationKey("name", name);
  if (!key.ok()) return key.status();
  absl::StatusOr<Application> application = FindByKey(session, tables_, *key);
  if (!application.ok()) return application.status();
  const std::optional<Filing> filing = tables_.filings->Find(session, application->id);
  if (!filing) return NoSuchApplication();
  FilingView view = Complete(session, *filing, *application);
  const bool coming = view.hand_over && Sees(caller, view.hand_over->to_region);
  if (!Sees(caller, filing->region) && !coming) return NoSuchApplication();
  return view;
}

FilingView ReadFilings::Complete(storage::Session& session, const Filing& filing,
                                 const Application& application) const {
  return {filing, LoadView(session, tables_, application),
          tables_.powers->LatestOf(session, application.id),
          tables_.hand_overs->OpenOf(session, application.id)};
}

}  // namespace xiufu::intake
