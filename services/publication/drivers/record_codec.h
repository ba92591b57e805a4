#pragma once

#include "libs/catalogue/authority.h"
#include "services/publication/domain/import_report.h"
#include "services/publication/domain/record.h"
#include "xiufu/common/v1/common.pb.h"
#include "xiufu/publication/v1/publication.pb.h"

namespace xiufu::publication {

// The public view of a record. The authority's code is looked up now, so that an authority that
// joins later has all of its records; it is empty while the authority is not registered.
common::v1::RecordSnapshot ToProto(const Record& record,
                                   const catalogue::AuthorityRegistry& authorities);

v1::ImportReport::RowError ToProto(const RowNote& note);
v1::ImportReport ToProto(const ImportReport& report);

}  // namespace xiufu::publication
