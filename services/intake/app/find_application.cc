#include "services/intake/app/find_application.h"

#include <optional>
#include <utility>

#include "services/intake/app/application_view.h"

namespace xiufu::intake {

absl::StatusOr<Application> FindShown(storage::Session& session, const Tables& tables,
                                      const Call& call, const std::string& name,
                                      const std::string& query_code) {
  absl::StatusOr<ApplicationKey> key = ParseApplicationKey("name", name);
  if (!key.ok()) return key.status();
  absl::StatusOr<Application> application = FindByKey(session, tables, *key);
  if (!application.ok()) return application.status();
  const bool shown = query_code.empty() ? application->principal == call.principal
                                        : SameCode(application->query_code, query_code);
  if (!shown) return NoSuchApplication();
  return *std::move(application);
}

absl::StatusOr<Application> FindByKey(storage::Session& session, const Tables& tables,
                                      const ApplicationKey& key) {
  std::optional<Application> application =
      key.id.IsNone() ? tables.applications->FindByNumber(session, key.number)
                      : tables.applications->Find(session, key.id);
  if (!session.status().ok()) return session.status();
  if (!application.has_value()) return NoSuchApplication();
  return *std::move(application);
}

bool SameCode(absl::string_view a, absl::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  return difference == 0;
}

}  // namespace xiufu::intake
