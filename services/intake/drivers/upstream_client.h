#pragma once

#include <string>

#include "libs/base/clock.h"
#include "libs/delivery/http_client.h"
#include "services/intake/app/front_door_ports.h"

namespace xiufu::intake {

// An upstream door that is answered over HTTP: xiufu.intake.v1.UpstreamReturn as JSON.
class UpstreamClient final : public UpstreamDoor {
 public:
  // `clock` and `interruption` outlive it.
  UpstreamClient(const std::string& base_url, const std::string& token, const Clock* clock,
                 const Interruption* interruption)
      : clock_(clock), http_(base_url, token, interruption) {}

  absl::Status Return(const std::string& content, absl::Time deadline) override;

 private:
  const Clock* const clock_;
  delivery::HttpClient http_;
};

}  // namespace xiufu::intake
