#include "libs/observability/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

namespace xiufu::observability {
namespace {

std::string Text(StaticText text) { return std::string(text.view()); }

class PrometheusCounter final : public Counter {
 public:
  explicit PrometheusCounter(prometheus::Counter* counter) : counter_(counter) {}
  void Add(double by) override { counter_->Increment(by); }

 private:
  prometheus::Counter* const counter_;
};

class PrometheusGauge final : public Gauge {
 public:
  explicit PrometheusGauge(prometheus::Gauge* gauge) : gauge_(gauge) {}
  void Set(double value) override { gauge_->Set(value); }
  void Add(double by) override { gauge_->Increment(by); }

 private:
  prometheus::Gauge* const gauge_;
};

class PrometheusHistogram final : public Histogram {
 public:
  explicit PrometheusHistogram(prometheus::Histogram* histogram) : histogram_(histogram) {}
  void Observe(double value) override { histogram_->Observe(value); }

 private:
  prometheus::Histogram* const histogram_;
};

template <typename Metric>
using ByNameAndLabels = std::map<std::pair<std::string, Labels>, std::unique_ptr<Metric>>;

// Everything this process measures. Never destroyed: threads may still count while it ends.
struct Measured {
  absl::Mutex mutex;  // guards the maps; what they hold lives for ever
  const std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  ByNameAndLabels<Counter> counters;
  ByNameAndLabels<Gauge> gauges;
  ByNameAndLabels<Histogram> histograms;
};

Measured& All() {
  static Measured* const all = new Measured;
  return *all;
}

template <typename Builder>
auto& Family(Builder builder, StaticText name, StaticText help) {
  return builder.Name(Text(name)).Help(Text(help)).Register(*All().registry);
}

template <typename Wrapper, typename Metric, typename Make>
Metric& FindOrMake(ByNameAndLabels<Metric>* made, StaticText name, const Labels& labels,
                   Make make) {
  absl::MutexLock lock(&All().mutex);
  std::unique_ptr<Metric>& metric = (*made)[{Text(name), labels}];
  if (metric == nullptr) metric = std::make_unique<Wrapper>(make());
  return *metric;
}

// Gauges that are asked at each scrape.
class Readers final : public prometheus::Collectable {
 public:
  struct Reader {
    std::string name;
    std::string help;
    Labels labels;
    std::function<double()> read;
  };

  const Reader* Add(Reader reader) {
    absl::MutexLock lock(&mutex_);
    readers_.push_back(std::make_unique<Reader>(std::move(reader)));
    return readers_.back().get();
  }

  void Remove(const Reader* reader) {
    absl::MutexLock lock(&mutex_);
    std::erase_if(readers_, [&](const auto& held) { return held.get() == reader; });
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    absl::MutexLock lock(&mutex_);
    std::map<std::string, prometheus::MetricFamily> families;
    for (const auto& reader : readers_) {
      prometheus::MetricFamily& family = families[reader->name];
      family.name = reader->name;
      family.help = reader->help;
      family.type = prometheus::MetricType::Gauge;
      family.metric.push_back(Sample(*reader));
    }
    std::vector<prometheus::MetricFamily> collected;
    for (auto& [name, family] : families) collected.push_back(std::move(family));
    return collected;
  }

 private:
  static prometheus::ClientMetric Sample(const Reader& reader) {
    prometheus::ClientMetric metric;
    for (const auto& [name, value] : reader.labels) metric.label.push_back({name, value});
    metric.gauge.value = reader.read();
    return metric;
  }

  mutable absl::Mutex mutex_;
  std::vector<std::unique_ptr<Reader>> readers_ ABSL_GUARDED_BY(mutex_);
};

const std::shared_ptr<Readers>& AllReaders() {
  static auto* const readers = new std::shared_ptr<Readers>(std::make_shared<Readers>());
  return *readers;
}

class RegisteredReader final : public GaugeReader {
 public:
  explicit RegisteredReader(const Readers::Reader* reader) : reader_(reader) {}
  ~RegisteredReader() override { AllReaders()->Remove(reader_); }

 private:
  const Readers::Reader* const reader_;
};

class PrometheusServer final : public MetricsServer {
 public:
  explicit PrometheusServer(const std::string& listen) : exposer_(listen, /*num_threads=*/1) {
    exposer_.RegisterCollectable(All().registry);
    exposer_.RegisterCollectable(AllReaders());
  }
  int port() const override { return exposer_.GetListeningPorts().front(); }

 private:
  prometheus::Exposer exposer_;
};

}  // namespace

const std::vector<double> kLatencyBounds = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
                                            0.2,    0.5,   1,     2,     5,    10,   30};

Counter& CounterOf(StaticText name, StaticText help, const Labels& labels) {
  return FindOrMake<PrometheusCounter>(&All().counters, name, labels, [&] {
    return &Family(prometheus::BuildCounter(), name, help).Add(labels);
  });
}

Gauge& GaugeOf(StaticText name, StaticText help, const Labels& labels) {
  return FindOrMake<PrometheusGauge>(&All().gauges, name, labels, [&] {
    return &Family(prometheus::BuildGauge(), name, help).Add(labels);
  });
}

Histogram& HistogramOf(StaticText name, StaticText help, const std::vector<double>& bounds,
                       const Labels& labels) {
  return FindOrMake<PrometheusHistogram>(&All().histograms, name, labels, [&] {
    return &Family(prometheus::BuildHistogram(), name, help).Add(labels, bounds);
  });
}

std::unique_ptr<GaugeReader> ReadGauge(StaticText name, StaticText help, const Labels& labels,
                                       std::function<double()> read) {
  return std::make_unique<RegisteredReader>(
      AllReaders()->Add({Text(name), Text(help), labels, std::move(read)}));
}

absl::StatusOr<std::unique_ptr<MetricsServer>> ServeMetrics(const std::string& listen) {
  try {
    return std::make_unique<PrometheusServer>(listen);
  } catch (const std::exception& error) {  // the library's only way to say that it cannot bind
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", listen, ": ", error.what()));
  }
}

std::string MetricsText() {
  std::vector<prometheus::MetricFamily> families = All().registry->Collect();
  for (prometheus::MetricFamily& family : AllReaders()->Collect()) {
    families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace xiufu::observability
