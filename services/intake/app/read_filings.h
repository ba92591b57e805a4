#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/application_view.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/notice.h"

namespace xiufu::intake {

// An application filed at a window, as its window sees it.
struct FilingView {
  Filing filing;
  ApplicationView application;
  std::optional<PowerOfAttorney> power;
  std::optional<HandOver> hand_over;  // on its way to another window
};

struct FilingPage {
  std::vector<FilingView> filings;
  bool more = false;
};

// 材料收取清单: what a window has received for an application, and what a draft still lacks.
struct FilingSlip {
  FilingView view;
  Notice notice;                     // about the application's records, as of the day it is printed
  std::vector<std::string> missing;  // kinds of papers that the draft still lacks
  std::map<std::string, std::string> material_names;  // by kind
  std::string window_name;
  absl::CivilDay on;
};

// Applications filed at windows. A window sees its region's, and what is on its way to it. Any
// thread but the writer.
class ReadFilings {
 public:
  ReadFilings(const Clock* clock, LawSource law, Tables tables, storage::Database* database)
      : clock_(clock), law_(law), tables_(tables), database_(database) {}

  // `name`: "applications/<uuid>" or "applications/<number>". NOT_FOUND also for what this window
  // does not see.
  absl::StatusOr<FilingView> Get(const WindowCaller& caller, const std::string& name) const;
  // Newest first. `region`: of the windows that have them; empty: all that the caller sees.
  absl::StatusOr<FilingPage> List(const WindowCaller& caller, absl::string_view region,
                                  const Id& before, int limit) const;
  // Only with the query code, which nobody is told again.
  absl::StatusOr<FilingSlip> PrintSlip(const WindowCaller& caller, const std::string& name,
                                       const std::string& query_code) const;

 private:
  absl::StatusOr<FilingView> Load(storage::Session& session, const WindowCaller& caller,
                                  const std::string& name) const;
  FilingView Complete(storage::Session& session, const Filing& filing,
                      const Application& application) const;

  const Clock* const clock_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
};

}  // namespace xiufu::intake
