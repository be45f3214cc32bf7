using System.Text;
using RabbitMQ.Client;

namespace Microblog.Admin.Tests.Errors;

[Collection(nameof(SharedAdminWorld))]
public sealed class ErrorsTests(AdminWorld world) : IAsyncLifetime
{
    private const string Queue = "timeline-store-posts";
    private const string Errors = "timeline-store-posts_error";
    private const string Bookmarks = "timeline-store-bookmarks";
    private const string Body = """{"messageType":["urn:message:Microblog.Contracts.Ingest:PostCreated"],"x":"é"}""";

    private IChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _channel = await world.Stores.Broker.Open(confirms: true, CancellationToken.None);
        await _channel.QueueDeclareAsync(Errors, durable: true, exclusive: false, autoDelete: false);
    }

    public async Task DisposeAsync()
    {
        await _channel.QueueDeleteAsync(Errors);
        await _channel.DisposeAsync();
    }

    [Fact]
    public async Task Failed_messages_are_listed_with_their_reasons()
    {
        var id = await Fail("The post is upside down.");

        var list = await world.Run("errors", "list");

        Assert.Equal(1, list.Status);
        Assert.Contains($"{Errors}: 1", list.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"  {id}  2026-11-20T12:00:00Z  urn:message:Microblog.Contracts.Ingest:PostCreated  "
            + "FormatException: The post is upside down.",
            list.Output,
            StringComparison.Ordinal);
        Assert.Equal(1U, await Waiting());
    }

    [Fact]
    public async Task Nothing_failed_is_a_good_answer()
    {
        var list = await world.Run("errors", "list");

        Assert.Equal((0, "No message has failed."), (list.Status, list.Output.Trim()));
    }

    [Fact]
    public async Task A_message_is_shown_whole()
    {
        var id = await Fail("The post is upside down.");

        var shown = await world.Run("errors", "show", Queue, id);

        Assert.Equal(0, shown.Status);
        Assert.Contains("MT-Fault-StackTrace: at somewhere", shown.Output, StringComparison.Ordinal);
        Assert.Contains(Body, shown.Output, StringComparison.Ordinal);
        Assert.Equal(1U, await Waiting());
    }

    [Fact]
    public async Task A_message_goes_back_as_it_was_before_it_failed()
    {
        var (other, id) = (await Fail("Not this one."), await Fail("This one."));

        var retry = await world.Run("errors", "retry", Queue, id);

        Assert.Equal($"1 messages of {Errors} were put back.", retry.Output.Trim());
        var back = await Handled(id);
        Assert.Equal(Queue, back.Queue);
        Assert.Equal(Body, Encoding.UTF8.GetString(back.Body));
        Assert.Contains("traceparent", back.Properties.Headers!.Keys);
        Assert.DoesNotContain(back.Properties.Headers.Keys, key => key.StartsWith("MT-", StringComparison.Ordinal));
        Assert.Equal("application/vnd.masstransit+json", back.Properties.ContentType);
        Assert.True(back.Properties.Persistent);
        Assert.Equal(1U, await Waiting());
        Assert.Contains(other, (await world.Run("errors", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_messages_go_back_at_once()
    {
        string[] ids = [await Fail("One."), await Fail("Two."), await Fail("Three.")];

        var retry = await world.Run("errors", "retry", Errors, "--all");

        Assert.Equal(0, retry.Status);
        await Task.WhenAll(ids.Select(Handled));
        Assert.Equal(0U, await Waiting());
    }

    [Fact]
    public async Task A_discarded_message_is_gone()
    {
        var (id, other) = (await Fail("This one."), await Fail("Not this one."));

        var discard = await world.Run("errors", "discard", Queue, id);

        Assert.Equal($"1 messages of {Errors} were discarded.", discard.Output.Trim());
        Assert.Equal(1U, await Waiting());
        Assert.Contains(other, (await world.Run("errors", "list", Queue)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Handled, message => message.Properties.MessageId == id);
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_a_failure_and_nothing_else_is_touched()
    {
        await Fail("Not this one.");

        var retry = await world.Run("errors", "retry", Queue, "no-such-message");

        Assert.Equal(1, retry.Status);
        Assert.Equal($"{Errors} has no message no-such-message.", retry.Errors.Trim());
        Assert.Equal(1U, await Waiting());
    }

    [Fact]
    public async Task A_message_whose_queue_is_gone_stays_among_the_errors()
    {
        const string Dead = "microblog.dead-letters";
        await _channel.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false);
        var id = await Publish(Dead, new() { ["x-first-death-queue"] = "no-such-queue" });

        var retry = await world.Run("errors", "retry", Dead, id);

        Assert.Equal(1, retry.Status);
        Assert.StartsWith($"no-such-queue does not take message {id}.", retry.Errors, StringComparison.Ordinal);
        Assert.Equal(1U, await _channel.QueuePurgeAsync(Dead));
    }

    [Fact]
    public async Task A_check_counts_failed_messages_as_a_difference()
    {
        await Fail("The post is upside down.");

        var check = await world.Run("check");

        Assert.Equal(1, check.Status);
        Assert.Contains($"{Errors} holds 1: infra/admin errors list", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_finds_a_queue_that_is_gone_or_that_nobody_consumes_from()
    {
        var check = await world.Run("check");
        await _channel.QueueDeleteAsync(Bookmarks);
        var afterwards = await world.Run("check");
        await _channel.QueueDeclareAsync(Bookmarks, durable: true, exclusive: false, autoDelete: false);
        var unheard = await world.Run("check");
        await world.Consume(Bookmarks);

        Assert.DoesNotContain(Bookmarks, check.Output, StringComparison.Ordinal);
        Assert.Contains($"{Bookmarks} does not exist", afterwards.Output, StringComparison.Ordinal);
        Assert.Contains($"nobody consumes from {Bookmarks}", unheard.Output, StringComparison.Ordinal);
    }

    private Task<string> Fail(string reason) => Publish(Errors, new()
    {
        ["traceparent"] = "00-1-2-3",
        ["MT-Reason"] = "fault",
        ["MT-Fault-Message"] = reason,
        ["MT-Fault-ExceptionType"] = "System.FormatException",
        ["MT-Fault-Timestamp"] = "2026-11-20T12:00:00Z",
        ["MT-Fault-StackTrace"] = "at somewhere",
        ["MT-Host-MachineName"] = "elsewhere",
    });

    private async Task<string> Publish(string queue, Dictionary<string, object?> headers)
    {
        var id = $"message-{AdminWorld.NewId()}";
        var properties = new BasicProperties
        {
            MessageId = id,
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
            Headers = headers,
        };
        await _channel.BasicPublishAsync("", queue, mandatory: true, properties, Encoding.UTF8.GetBytes(Body));
        return id;
    }

    private Task<uint> Waiting() => _channel.MessageCountAsync(Errors);

    private async Task<HandledMessage> Handled(string id)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (world.Handled.FirstOrDefault(message => message.Properties.MessageId == id) is { } found)
                return found;
            await Task.Delay(10, deadline.Token);
        }
    }
}
