using Microblog.Admin.Storage;
using RabbitMQ.Client;

namespace Microblog.Admin.Tests.Check;

[Collection(nameof(SharedAdminWorld))]
public sealed class BindingsCheckTests(AdminWorld world) : IDisposable
{
    private const string Exchange = "microblog.ingest.bookmark-changed";
    private const string Queue = "timeline-store-bookmarks";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        world.BindingsFile = null;
        File.Delete(_file);
    }

    [Fact]
    public async Task A_queue_that_is_bound_as_it_should_be_is_no_difference()
    {
        await Bound(_ => true);

        var check = await world.Run("check");

        Assert.Contains("Queues                       as it should be\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binding_that_is_missing_is_found_and_made_again()
    {
        await Bound(binding => binding.Queue != Queue);
        await using var channel = await world.Stores.Broker.Open(confirms: true, CancellationToken.None);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true);
        await channel.ExchangeDeclareAsync(Queue, ExchangeType.Fanout, durable: true);

        var check = await world.Run("check", "--repair");

        Assert.Contains($"{Queue} is not bound to {Exchange} with #", check.Output, StringComparison.Ordinal);
        Assert.Contains($"{Queue} is bound again", check.Output, StringComparison.Ordinal);
        // Mandatory: it would come back from an exchange that leads nowhere.
        await channel.BasicPublishAsync(Exchange, "", mandatory: true, new BasicProperties(), default);
    }

    private async Task Bound(Func<Topology.Binding, bool> isThere)
    {
        var lines = Topology.Read().Bindings.Where(isThere).SelectMany(binding => new[]
        {
            $"{binding.Exchange}\t{binding.RoutingKey}\t{binding.Queue}",
            $"{binding.Queue}\t\t{binding.Queue}",
        });
        await File.WriteAllLinesAsync(_file, lines);
        world.BindingsFile = _file;
    }
}
