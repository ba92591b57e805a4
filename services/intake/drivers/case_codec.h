#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/intake/domain/case_view.h"
#include "xiufu/intake/v1/intake.pb.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::intake {

routing::v1::Deadline ToProto(const Deadline& deadline);
Deadline FromProto(const routing::v1::Deadline& proto);
routing::v1::Succession ToProto(const Succession& succession);
Succession FromProto(const routing::v1::Succession& proto);

// As clients see it.
v1::Case ToProto(const CaseView& view);

// The grounds of a view as one stored value.
std::string EncodeGrounds(const Grounds& grounds);
Grounds DecodeGrounds(absl::string_view bytes);

// A revocation as one stored value; all bytes absent where there is none.
std::string EncodeRevocation(const Revocation& revocation);
Revocation DecodeRevocation(absl::string_view bytes);

// The lists of a view (reasons, defects, deadlines, successions) as one stored value.
std::string EncodeLists(const CaseView& view);
void DecodeLists(absl::string_view bytes, CaseView& view);

}  // namespace xiufu::intake
