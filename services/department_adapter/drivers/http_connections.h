#pragma once

#include <httplib.h>

#include <string>

namespace xiufu::department {

// cpp-httplib over connections that are limited: each is an HttpStream with one request, and no
// more of them are accepted than threads and a short queue can hold.
class HttpConnections final : public httplib::Server {
 public:
  HttpConnections();
  ~HttpConnections() override;
  // The port that is listened on, a free one for 0; -1 when there is none.
  int Bind(const std::string& host, int port);
  // Gives up what is being read and hurries what is being written; for ever.
  void StopConnections();

 private:
  bool process_and_close_socket(socket_t socket) override;

  const int stop_;
};

}  // namespace xiufu::department
