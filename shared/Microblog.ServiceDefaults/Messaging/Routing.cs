using MassTransit;
using Microblog.Contracts.Ingest;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// The only place that binds queues and writes routing keys: a key without its binding loses messages in silence.
/// </summary>
public static class Routing
{
    private const string Everything = "#";

    /// <summary>Of posts of one of which somebody is told that he was mentioned or boosted.</summary>
    private const string Notifying = "notifying";

    /// <summary>Of all other posts: most, and they need not go where they would only be left aside.</summary>
    private const string Quiet = "quiet";

    /// <summary>
    /// A batch runs at the latest so long after its first message: a quiet system must not wait for company.
    /// </summary>
    private static readonly TimeSpan BatchWait = TimeSpan.FromMilliseconds(1);

    /// <summary>A durable queue for this consumer, shared by the replicas of the service.</summary>
    /// <param name="concurrency">Messages handled at once.</param>
    public static void Listen<TConsumer, TMessage>(
        this IBusRegistrationConfigurator bus,
        int concurrency = MessagingDefaults.ConcurrencyMessages)
        where TConsumer : class, IConsumer<TMessage>
        where TMessage : class
    {
        Bind<TMessage>(bus.AddConsumer<TConsumer>(), Everything, endpoint =>
        {
            endpoint.PrefetchCount = MessagingDefaults.PrefetchMessages;
            endpoint.ConcurrentMessageLimit = concurrency;
        });
    }

    /// <summary>
    /// A durable queue whose messages are handled together, at most <paramref name="messagesMax"/> at once.
    /// </summary>
    /// <param name="batches">Batches handled in parallel.</param>
    /// <param name="wait">What a batch waits for company; <see cref="BatchWait"/> unless given.</param>
    public static void ListenInBatches<TConsumer, TMessage>(
        this IBusRegistrationConfigurator bus,
        int messagesMax,
        Lane? lane = null,
        int batches = 2,
        TimeSpan? wait = null)
        where TConsumer : class, IConsumer<Batch<TMessage>>
        where TMessage : class => Bind<TConsumer, TMessage>(
            bus, lane is { } of ? Key(of) : Everything, messagesMax, batches, wait ?? BatchWait);

    /// <summary>The same for posts: a wrong one is put aside, and those in the same message are handled.</summary>
    /// <param name="notifyingOnly">
    /// Only messages with a post of which somebody is told that he was mentioned or boosted.
    /// </param>
    public static void ListenToPosts<TConsumer>(
        this IBusRegistrationConfigurator bus,
        int messagesMax,
        bool notifyingOnly = false,
        int batches = 2,
        TimeSpan? wait = null)
        where TConsumer : class, IConsumer<Batch<PostsCreated>> => Bind<TConsumer, PostsCreated>(
            bus, notifyingOnly ? Notifying : Everything, messagesMax, batches, wait ?? BatchWait, OneByOne);

    /// <summary>A durable queue for a question that exactly one service answers.</summary>
    public static void Answer<TConsumer, TQuestion>(this IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer<TQuestion>
        where TQuestion : class
    {
        bus.AddSingleton(new Question(
            new KebabCaseEndpointNameFormatter(prefix: null, includeNamespace: false).Consumer<TConsumer>()));
        bus.Listen<TConsumer, TQuestion>();
    }

    /// <summary>
    /// A queue of this process alone, gone with it: for facts that every process must hear. What happened while the
    /// process was away, the consumer must learn in another way.
    /// </summary>
    public static void ListenPerProcess<TConsumer, TMessage>(this IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer<TMessage>
        where TMessage : class
    {
        Bind<TMessage>(bus.AddConsumer<TConsumer>(), Everything, endpoint =>
        {
            endpoint.Temporary = true;
            endpoint.InstanceId = MessagingDefaults.PerProcess + NewId.NextGuid().ToString("n");
        });
    }

    /// <summary>Publishes into one lane; <see cref="ListenInBatches"/> with the same lane is the other half.</summary>
    public static Task PublishTo<TMessage>(
        this IPublishEndpoint bus,
        Lane lane,
        TMessage message,
        CancellationToken cancellationToken)
        where TMessage : class => bus.Publish(
            message,
            publish =>
            {
                publish.SetRoutingKey(Key(lane));
                publish.Mandatory = true;
            },
            cancellationToken);

    /// <summary>Posts get their routing key here, whoever publishes them.</summary>
    internal static void KeyPosts(IBusFactoryConfigurator bus) => bus.Send<PostsCreated>(send =>
        send.UseRoutingKeyFormatter(context => context.Message.Posts.Any(Notifies) ? Notifying : Quiet));

    private static bool Notifies(PostCreated post) =>
        post is { BoostOfId: not null } or { Mentions.Count: > 0 };

    private static IEnumerable<PostsCreated> OneByOne(PostsCreated message) =>
        message.Posts?.Select(post => new PostsCreated([post])) ?? [message];

    private static string Key(Lane lane) => lane switch
    {
        Lane.Small => "small",
        Lane.Bulk => "bulk",
        _ => throw new InvalidOperationException($"Lane {lane} has no routing key."),
    };

    private static void Bind<TConsumer, TMessage>(
        IBusRegistrationConfigurator bus,
        string routingKey,
        int messagesMax,
        int batches,
        TimeSpan wait,
        Func<TMessage, IEnumerable<TMessage>>? part = null)
        where TConsumer : class, IConsumer<Batch<TMessage>>
        where TMessage : class
    {
        var consumer = bus.AddConsumer<TConsumer>(configure =>
        {
            configure.Options<BatchOptions>(options => options
                .SetMessageLimit(messagesMax)
                .SetTimeLimit(wait)
                .SetConcurrencyLimit(batches));
            configure.Message<Batch<TMessage>>(batch => batch.UseFilter(new PartWrongMessages<TMessage>(part)));
        });
        // Fewer than a batch in flight, and every batch would wait for its time limit.
        Bind<TMessage>(consumer, routingKey, endpoint => endpoint.PrefetchCount = Math.Max(
            MessagingDefaults.PrefetchMessages,
            messagesMax * (batches + 1)));
    }

    // One call of Endpoint per consumer: a second one would replace the first, and the binding with it.
    private static void Bind<TMessage>(
        IConsumerRegistrationConfigurator consumer,
        string routingKey,
        Action<IEndpointRegistrationConfigurator> configure)
        where TMessage : class =>
        consumer.Endpoint(endpoint =>
        {
            configure(endpoint);
            endpoint.ConfigureConsumeTopology = false;
            endpoint.AddConfigureEndpointCallback(queue =>
                ((IRabbitMqReceiveEndpointConfigurator)queue).Bind<TMessage>(binding =>
                {
                    binding.ExchangeType = ExchangeType.Topic;
                    binding.RoutingKey = routingKey;
                }));
        });
}
