#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/observability/log.h"

namespace xiufu::observability {

// Prometheus metrics of this process. Names begin with "xiufu_"; counters end in "_total", times in
// "_seconds", sizes in "_bytes". Label values come from small closed sets: streams, queues,
// methods, codes; never ids.
//
// Getting one with the same name and labels again gives the same one; keep the reference where it
// is used often. They live as long as the process. All methods from any thread.
using Labels = std::map<std::string, std::string>;

class Counter {
 public:
  virtual ~Counter() = default;
  virtual void Add(double by = 1) = 0;  // never negative
};

class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void Set(double value) = 0;
  virtual void Add(double by) = 0;
};

class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void Observe(double value) = 0;
};

Counter& CounterOf(StaticText name, StaticText help, const Labels& labels = {});
Gauge& GaugeOf(StaticText name, StaticText help, const Labels& labels = {});
// `bounds`: upper bounds of the buckets, ascending. kLatencyBounds suits anything between a commit
// and an outside call.
Histogram& HistogramOf(StaticText name, StaticText help, const std::vector<double>& bounds,
                       const Labels& labels = {});
extern const std::vector<double> kLatencyBounds;  // seconds, 0.5 ms to 30 s

// A gauge whose value is asked for at each scrape, until the returned object is destroyed. `read`
// runs on the exposer's thread and must not block.
class GaugeReader {
 public:
  virtual ~GaugeReader() = default;
};
[[nodiscard]] std::unique_ptr<GaugeReader> ReadGauge(StaticText name, StaticText help,
                                                     const Labels& labels,
                                                     std::function<double()> read);

// Serves http://<listen>/metrics until destroyed. UNAVAILABLE when the address cannot be bound.
class MetricsServer {
 public:
  virtual ~MetricsServer() = default;
  virtual int port() const = 0;
};
absl::StatusOr<std::unique_ptr<MetricsServer>> ServeMetrics(const std::string& listen);

// What a scrape shows, in the text format: for tests and diagnostics.
std::string MetricsText();

}  // namespace xiufu::observability
