using System.Diagnostics.Metrics;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>What the client API reports in every service, one method per event.</summary>
internal sealed class ClientApiMetrics
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _countedInProcess;

    public ClientApiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Microblog.ClientApi");
        _refused = meter.CreateCounter<long>(
            "microblog.client_api.calls_refused",
            description: "Calls answered 429.");
        _countedInProcess = meter.CreateCounter<long>(
            "microblog.client_api.calls_counted_in_process",
            description: "Calls counted without Redis, which was away.");
    }

    public void CallRefused() => _refused.Add(1);

    public void CountedInProcess() => _countedInProcess.Add(1);
}
