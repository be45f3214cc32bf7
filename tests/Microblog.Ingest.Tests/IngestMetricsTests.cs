using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microblog.Contracts.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Ingest.Tests;

public class IngestMetricsTests
{
    [Fact]
    public async Task What_is_accepted_and_what_fails_is_counted()
    {
        var ingest = new RunningWithoutQueues();
        await ingest.InitializeAsync();
        using var counts = new Counts(ingest.Services.GetRequiredService<IMeterFactory>());
        var author = await ingest.NewPerson();

        await author.Post("nobody takes this yet");
        await ingest.StartNeighbours();
        await author.Post("hello");
        await ingest.Heard.First<PostCreated>(post => post.Text == "nobody takes this yet");
        await Eventually.Is(() => Task.FromResult(counts.Of("microblog.ingest.spool.drained") == 1));

        Assert.Equal(1, counts.Of("microblog.ingest.publish.failures"));
        Assert.Equal(1, counts.Of("microblog.ingest.spooled"));
        Assert.Equal(2, counts.Of("microblog.ingest.accepted"));
        await ingest.DisposeAsync();
    }

    private sealed class Counts : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, long> _counts = [];

        public Counts(IMeterFactory ofService)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                // Other tests run other instances of the service in this process.
                if (instrument.Meter.Scope == ofService)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
                _counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
            _listener.Start();
        }

        public long Of(string instrument) => _counts.GetValueOrDefault(instrument);

        public void Dispose() => _listener.Dispose();
    }
}
