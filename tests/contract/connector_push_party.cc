#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "libs/base/system_clock.h"
#include "services/department_adapter/drivers/push_connector.h"
#include "tests/contract/connector_party.h"
#include "tests/unit/base_temp_folder.h"

extern char** environ;

namespace xiufu::department {
namespace {

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  const bool bound = bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(fd);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

// tests/authority as a process; ends with the object.
class AuthorityProcess {
 public:
  AuthorityProcess() : port_(FreePort()) {
    folder_.Write("from.token", "token-from\n");
    folder_.Write("to.token", "token-to\n");
    folder_.Write("config.toml",
                  absl::StrCat("code = \"transport\"\nlisten = \"127.0.0.1:", port_,
                               "\"\nstore = \"", folder_.FilePath("store.db"),
                               "\"\nadapter = \"http://127.0.0.1:1\"\nfrom_adapter_token_file = \"",
                               folder_.FilePath("from.token"), "\"\nto_adapter_token_file = \"",
                               folder_.FilePath("to.token"), "\"\n"));
    Spawn();
  }
  ~AuthorityProcess() {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
    close(output_);
  }
  std::string url() const { return absl::StrCat("http://127.0.0.1:", port_); }

 private:
  void Spawn() {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    const std::string config = folder_.FilePath("config.toml");
    const char* argv[] = {"/usr/bin/python3", "-B",           "tests/authority/authority.py",
                          "--config",         config.c_str(), nullptr};
    const int error =
        posix_spawn(&pid_, argv[0], &actions, nullptr, const_cast<char* const*>(argv), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = ends[0];
    // Its first line says that it listens.
    char byte = 0;
    while (error == 0 && read(output_, &byte, 1) == 1 && byte != '\n') {
    }
    if (byte != '\n') throw std::runtime_error("the simulated authority did not start");
  }

  TempFolder folder_;
  const int port_;
  pid_t pid_ = 0;
  int output_ = -1;
};

class PushParty final : public Party {
 public:
  PushParty() : connector_({process_.url(), "token-from", "http://127.0.0.1:1"}, &clock_) {}
  Connector& connector() override { return connector_; }
  std::string AnswerIdOf(const Task&, const Receipt& receipt) override {
    return absl::StrCat(receipt.authority_task_no, "-A");
  }

 private:
  SystemClock clock_;
  AuthorityProcess process_;
  PushConnector connector_;
};

}  // namespace

std::unique_ptr<Party> NewPushParty() { return std::make_unique<PushParty>(); }

}  // namespace xiufu::department
