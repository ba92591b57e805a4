#pragma once

#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/messages.h"

namespace xiufu::intake {

// The law and the words as loaded data. All outlive the service; none is nullptr.
struct Law {
  const catalogue::Catalogue* catalogue = nullptr;
  const calendar::Calendar* calendar = nullptr;
  const catalogue::AuthorityRegistry* authorities = nullptr;
  const catalogue::Messages* messages = nullptr;
};

}  // namespace xiufu::intake
