using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Microblog.Contracts.Accounts;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Tests.ClientApi;
using Microblog.TestServers;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Microblog.ServiceDefaults.Tests.Messaging;

public sealed class EnvelopeReaderTests
{
    private const string Queue = "looked-into";

    private const string Envelope =
        """
        {
          "message": { "tokenId": 7, "expiresAt": "1970-01-01T00:00:00+00:00", "unknown": [{ "message": 1 }] },
          "messageId": "01000000-0000-0000-0000-000000000000",
          "messageType": ["urn:message:Microblog.Contracts.Accounts:TokenRevoked"],
          "headers": { "whose": "nobody's" }
        }
        """;

    [Fact]
    public void A_message_is_read_in_whatever_order_and_company_it_comes()
    {
        var read = Read(Envelope);

        Assert.True(read.TryGetMessage<TokenRevoked>(out var message));
        Assert.Equal(new(7, DateTimeOffset.UnixEpoch), message);
        Assert.Equal(new Guid("01000000-0000-0000-0000-000000000000"), read.MessageId);
        Assert.Equal("nobody's", read.Headers.Get<string>("whose"));
    }

    [Fact]
    public void A_message_is_not_taken_for_another()
    {
        Assert.False(Read(Envelope).TryGetMessage<PostDeleted>(out _));
    }

    [Theory]
    [InlineData("""{ "messageType": ["urn:message:Microblog.Contracts.Accounts:TokenRevoked"] }""")]
    [InlineData("no JSON")]
    [InlineData("")]
    public void What_is_no_envelope_is_refused(string text)
    {
        Assert.Throws<SerializationException>(() => Read(text));
    }

    [Fact]
    public void Reading_a_message_takes_less_than_half_of_what_MassTransit_needs()
    {
        var post = JsonSerializer.Serialize(Post(1));
        var posts = string.Join(',', Enumerable.Repeat(post, 64));
        var body = new BytesMessageBody(Encoding.UTF8.GetBytes(
            $$$"""
            {"messageType":["urn:message:Microblog.Contracts.Ingest:PostsCreated"],"message":{"posts":[{{{posts}}}]}}
            """));

        var theirs = Allocated(SystemTextJsonMessageSerializer.Instance);
        var ours = Allocated(new EnvelopeReader());

        Assert.InRange(ours, 1, theirs / 2);

        long Allocated(IMessageDeserializer reader)
        {
            // The first time types are looked at.
            for (var times = 0; ; times++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.True(reader.Deserialize(body, EmptyHeaders.Instance).TryGetMessage<PostsCreated>(out var read));
                if (times == 3)
                    return GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.Equal(64, read!.Posts.Count);
            }
        }
    }

    [Fact]
    public async Task Services_read_their_messages_with_it()
    {
        await using var world = await TestWorld.Create("short");
        await using var service = await Start(world);

        var described = JsonSerializer.Serialize(
            service.Services.GetRequiredService<IBusControl>().GetProbeResult().Results);

        Assert.Contains(nameof(EnvelopeReader), described, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_have_no_white_space_and_do_not_say_what_is_missing()
    {
        await using var world = await TestWorld.Create("short");
        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await using var service = await Start(world);
        const string Exchange = "microblog.ingest.posts-created";
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true);
        await channel.QueueDeclareAsync(Queue);
        await channel.QueueBindAsync(Queue, Exchange, "#");

        await service.Services.GetRequiredService<Publisher>().Publish(
            new PostsCreated([Post(1)]), CancellationToken.None);

        var body = Encoding.UTF8.GetString((await channel.BasicGetAsync(Queue, autoAck: true))!.Body.Span);
        Assert.DoesNotContain("\n", body, StringComparison.Ordinal);
        Assert.DoesNotContain("null", body, StringComparison.Ordinal);
        Assert.True(Read(body).TryGetMessage<PostsCreated>(out var read));
        Assert.Equivalent(Post(1), Assert.Single(read!.Posts));
    }

    private static async Task<RunningClientApi> Start(TestWorld world)
    {
        var service = await RunningClientApi.Start(_ => { }, configure: builder =>
            builder.Services.AddMessaging("looked", world.RabbitMq, _ => { }));
        await service.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return service;
    }

    private static SerializerContext Read(string envelope) =>
        new EnvelopeReader().Deserialize(new StringMessageBody(envelope), EmptyHeaders.Instance);

    private static PostCreated Post(long id) => new(
        id,
        1,
        "The quick brown fox jumps over the lazy dog.",
        "<p>The quick brown fox jumps over the lazy dog.</p>",
        "",
        false,
        Visibility.Public,
        null,
        [],
        [],
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        DateTimeOffset.UnixEpoch);
}
