#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/database.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/consultation.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

struct ConsultationPage {
  std::vector<Consultation> consultations;
  bool more = false;
};

struct WindowCounts {
  std::vector<WindowCount> consultations;
  std::vector<WindowCount> prechecks;
};

// The consultation register (咨询登记). A window has what it took and what was handed over to it;
// it sees its region's. Any thread.
class Consultations {
 public:
  Consultations(CallContext context, LawSource law, Tables tables, storage::Database* database)
      : context_(context), law_(law), tables_(tables), database_(database) {}

  // INVALID_ARGUMENT with every violation at once; NOT_FOUND for an application or a case that
  // there is not, and the same for what was filed at a window that the caller does not see. The
  // answers of the writes are without contact and words.
  void Record(const WindowCaller& caller, const ConsultationCommand& command,
              ClientWrite<Consultation> write);
  // What was left open is told later; what is given replaces what was. The window that has it.
  void Link(const WindowCaller& caller, const std::string& name, const ConsultationLink& link,
            ClientWrite<Consultation> write);
  // `filter.region` empty: all that the caller sees. Nothing of regions that it does not see.
  absl::StatusOr<ConsultationPage> List(const WindowCaller& caller,
                                        ConsultationFilter filter) const;
  // Months inclusive, "2026-11"; empty: no bound. `region` empty: all.
  absl::StatusOr<WindowCounts> Count(absl::string_view region, absl::string_view from_month,
                                     absl::string_view to_month) const;

 private:
  absl::Status Resolve(storage::Session& session, const WindowCaller& caller,
                       const ConsultationParts& parts, Consultation& consultation) const;

  const CallContext context_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
};

// NOT_FOUND with reason CONSULTATION_NOT_FOUND: the same whether it does not exist or is another
// window's.
absl::Status NoSuchConsultation();

}  // namespace xiufu::intake
