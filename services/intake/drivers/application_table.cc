#include "services/intake/drivers/application_table.h"

#include "services/intake/drivers/before.h"

namespace xiufu::intake {
namespace {

// Read by ReadApplication in this order.
#define XIUFU_APPLICATION_COLUMNS                                                              \
  "id, number, query_code, principal, subject_uscc, region, applicant_name, applicant_phone,"  \
  " applicant_capacity, front_door, channel, upstream_no, upstream_query_code, received_at,"   \
  " pushed_at, one_thing_no, platform_no, record_count, state, created, submitted, concluded," \
  " loop_closed"

Application ReadApplication(const storage::Query& query) {
  Application application;
  application.id = query.IdAt(0);
  application.number = std::string(query.Text(1));
  application.query_code = std::string(query.Text(2));
  application.principal = std::string(query.Text(3));
  application.subject_uscc = std::string(query.Text(4));
  application.region = std::string(query.Text(5));
  application.applicant = {std::string(query.Text(6)), std::string(query.Text(7)),
                           static_cast<Capacity>(query.Int(8))};
  Origin& origin = application.origin;
  origin.front_door = static_cast<FrontDoor>(query.Int(9));
  origin.channel = std::string(query.Text(10));
  origin.upstream_no = std::string(query.Text(11));
  origin.upstream_query_code = std::string(query.Text(12));
  origin.received_at = query.TimeAt(13);
  origin.pushed_at = query.TimeAt(14);
  application.one_thing_no = std::string(query.Text(15));
  application.platform_no = std::string(query.Text(16));
  application.record_count = static_cast<int>(query.Int(17));
  application.state = static_cast<ApplicationState>(query.Int(18));
  application.created = query.TimeAt(19);
  application.submitted = query.TimeAt(20);
  application.concluded = query.TimeAt(21);
  application.loop_closed = query.TimeAt(22);
  return application;
}

std::optional<Application> ReadOne(storage::Query query) {
  if (!query.Next()) return std::nullopt;
  return ReadApplication(query);
}

}  // namespace

std::optional<Application> SqlApplicationTable::Find(storage::Session& session,
                                                     const Id& id) const {
  return ReadOne(
      session.Sql("SELECT " XIUFU_APPLICATION_COLUMNS " FROM application WHERE id = ?", id));
}

std::optional<Application> SqlApplicationTable::FindByNumber(storage::Session& session,
                                                             absl::string_view number) const {
  return ReadOne(session.Sql(
      "SELECT " XIUFU_APPLICATION_COLUMNS " FROM application WHERE number = ?", number));
}

std::vector<Application> SqlApplicationTable::List(storage::Session& session,
                                                   const ApplicationFilter& filter) const {
  storage::Query query =
      filter.subject_uscc.empty()
          ? session.Sql("SELECT " XIUFU_APPLICATION_COLUMNS
                        " FROM application WHERE principal = ? AND id < ?"
                        " ORDER BY id DESC LIMIT ?",
                        filter.principal, OrLast(filter.before), filter.limit)
          : session.Sql("SELECT " XIUFU_APPLICATION_COLUMNS
                        " FROM application WHERE principal = ? AND subject_uscc = ? AND id < ?"
                        " ORDER BY id DESC LIMIT ?",
                        filter.principal, filter.subject_uscc, OrLast(filter.before), filter.limit);
  std::vector<Application> applications;
  while (query.Next()) applications.push_back(ReadApplication(query));
  return applications;
}

bool SqlApplicationTable::HasUpstreamNo(storage::Session& session, FrontDoor door,
                                        absl::string_view upstream_no) const {
  return session
      .Sql("SELECT 1 FROM application WHERE front_door = ? AND upstream_no = ?",
           static_cast<int>(door), upstream_no)
      .Next();
}

void SqlApplicationTable::Insert(storage::Tx& tx, const Application& application) const {
  const Applicant& applicant = application.applicant;
  const Origin& origin = application.origin;
  std::optional<std::string> upstream_no;
  if (!origin.upstream_no.empty()) upstream_no = origin.upstream_no;
  tx.Run("INSERT INTO application (" XIUFU_APPLICATION_COLUMNS
         ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
         application.id, application.number, application.query_code, application.principal,
         application.subject_uscc, application.region, applicant.name, applicant.phone,
         static_cast<int>(applicant.capacity), static_cast<int>(origin.front_door), origin.channel,
         upstream_no, origin.upstream_query_code, origin.received_at, origin.pushed_at,
         application.one_thing_no, application.platform_no, application.record_count,
         static_cast<int>(application.state), application.created, application.submitted,
         application.concluded, application.loop_closed);
}

void SqlApplicationTable::SaveProgress(storage::Tx& tx, const Application& application) const {
  tx.Run(
      "UPDATE application SET state = ?, submitted = ?, concluded = ?, loop_closed = ?"
      " WHERE id = ?",
      static_cast<int>(application.state), application.submitted, application.concluded,
      application.loop_closed, application.id);
}

void SqlApplicationTable::SavePrincipal(storage::Tx& tx, const Application& application) const {
  tx.Run("UPDATE application SET principal = ? WHERE id = ?", application.principal,
         application.id);
}

#undef XIUFU_APPLICATION_COLUMNS

}  // namespace xiufu::intake
