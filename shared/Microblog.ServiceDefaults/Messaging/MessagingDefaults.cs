using System.Net.Security;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Middleware;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.BackPressure;
using Microblog.ServiceDefaults.Standby;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// How every service uses the broker. It stands once, because two services that differed would lose messages.
/// </summary>
public static class MessagingDefaults
{
    /// <summary>
    /// Messages a queue hands out before the first is acknowledged; MassTransit's 16 starves quorum queues.
    /// </summary>
    public const ushort PrefetchMessages = 256;

    /// <summary>Messages that a consumer without batches handles at once, unless it says otherwise.</summary>
    public const int ConcurrencyMessages = 32;

    /// <summary>
    /// Deliveries after which a message is a dead letter. Every restart of a kill switch costs one delivery per
    /// prefetched message, one each five seconds: this many last five days of outage.
    /// </summary>
    public const int DeliveriesMax = 100_000;

    /// <summary>
    /// Messages a queue holds; then the broker rejects what is published, and posts wait in the spool. A policy of the
    /// broker may set a lower bound.
    /// </summary>
    public const int MessagesMax = 5_000_000;

    /// <summary>
    /// Bytes a queue holds, in the same way: a thousand posts a second for more than an hour.
    /// </summary>
    public const long BytesMax = 10_000_000_000;

    /// <summary>Marks the queues of <see cref="Routing.ListenPerProcess"/>.</summary>
    internal const string PerProcess = "process-";

    private const string DeadLetters = "microblog.dead-letters";

    private static readonly TimeSpan BrokerDeadline = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan HandlerDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Adds the consuming bus with the given consumers, and the publishing bus.</summary>
    /// <param name="service">Prefix of the queue names, in kebab case.</param>
    /// <param name="brokerAddress"><c>amqp[s]://user:password@host:port/virtual-host</c></param>
    /// <param name="topologyOnly">Declares exchanges, queues and bindings, and consumes nothing.</param>
    public static void AddMessaging(
        this IServiceCollection services,
        string service,
        Uri brokerAddress,
        Action<IBusRegistrationConfigurator> addConsumers,
        bool topologyOnly = false)
    {
        var watched = new WatchedQueues(brokerAddress);
        var sockets = new BrokerSockets();
        services.AddSingleton(watched);
        services.AddSingleton(sockets);
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(LeaveReadiness);
            // Without the prefix, two services with a consumer of the same name would compete for one queue.
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(service, includeNamespace: false));
            addConsumers(bus);
            bus.AddConfigureEndpointsCallback((context, queue, endpoint) =>
            {
                var isQuestion = context.GetServices<Question>()
                    .Any(question => queue == $"{service}-{question.Consumer}");
                ConfigureQueue(queue, (IRabbitMqReceiveEndpointConfigurator)endpoint, watched, isQuestion);
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                Connect(rabbit, brokerAddress, sockets);
                rabbit.DeployTopologyOnly = topologyOnly;
                rabbit.ConfigureEndpoints(context);
            });
        });

        services.AddMassTransit<IPublishingBus>(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(LeaveReadiness);
            bus.UsingRabbitMq((_, rabbit) =>
            {
                Connect(rabbit, brokerAddress);
                rabbit.DeployPublishTopology = topologyOnly;
            });
        });

        services.TryAddSingleton<StandbyBoard>();
        services.AddSingleton<BrokerCircuit>();
        services.AddSingleton<Rejoining>();
        services.AddSingleton(provider => new Publisher(
            provider.GetRequiredService<IPublishingBus>(),
            provider.GetRequiredService<BrokerCircuit>(),
            provider.GetRequiredService<ILogger<Publisher>>()));
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.ConsumerStopTimeout = TimeSpan.FromSeconds(20);
            host.StopTimeout = TimeSpan.FromSeconds(25);
        });
    }

    private static void Connect(
        IRabbitMqBusFactoryConfigurator rabbit, Uri address, BrokerSockets? sockets = null)
    {
        var credentials = address.UserInfo.Split(':', 2);
        var virtualHost = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        var port = address.IsDefaultPort || address.Port < 0 ? DefaultPort(address) : address.Port;
        rabbit.Host(address.Host, (ushort)port, virtualHost.Length == 0 ? "/" : virtualHost, host =>
        {
            host.Username(Uri.UnescapeDataString(credentials[0]));
            host.Password(credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : "");
            host.PublisherConfirmation = true;
            host.Heartbeat(TimeSpan.FromSeconds(10));
            host.RequestedConnectionTimeout(BrokerDeadline);
            host.ContinuationTimeout(BrokerDeadline);
            if (sockets is not null)
                host.OnRefreshConnectionFactory = sockets.Keep;
            if (address.Scheme == "amqps")
                host.UseSsl(tls =>
                {
                    tls.ServerName = address.Host;
                    tls.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
                    // MassTransit accepts any certificate chain unless told otherwise.
                    tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors);
                    tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateNameMismatch);
                });
        });

        rabbit.ConfigureJsonSerializerOptions(Short);
        rabbit.AddDeserializer(new EnvelopeReader());
        Routing.KeyPosts(rabbit);
        rabbit.MessageTopology.SetEntityNameFormatter(
            new MessageExchangeNames(rabbit.MessageTopology.EntityNameFormatter));
        foreach (var message in typeof(PostCreated).Assembly.GetExportedTypes().Where(type => type.IsClass))
            rabbit.Publish(message, topology => topology.ExchangeType = ExchangeType.Topic);
    }

    // These settings belong to the whole process, and each of its buses comes by. MassTransit indents its messages, and
    // says of everything that a post has not that it is null: half of the bytes that the broker and each consumer read.
    private static JsonSerializerOptions Short(JsonSerializerOptions options)
    {
        if (options.Converters.Any(converter => converter is PackedIds))
            return options;
        options.Converters.Insert(0, new PackedIds());
        options.WriteIndented = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        return options;
    }

    // An unready broker must not take a service away: it has other work, and a fallback. Without a tag of its own the
    // check would get the one of readiness.
    private static void LeaveReadiness(IHealthCheckOptionsConfigurator health)
    {
        health.Tags.Clear();
        health.Tags.Add("broker");
    }

    private static void ConfigureQueue(
        string queue, IRabbitMqReceiveEndpointConfigurator endpoint, WatchedQueues watched, bool isQuestion)
    {
        endpoint.UseMessageRetry(retry => retry.Intervals(100, 300));
        endpoint.UseTimeout(timeout => timeout.Timeout = HandlerDeadline);
        // A Fault<T> would be published on the consuming connection, which an alarm blocks.
        endpoint.PublishFaults = false;
        if (queue.Contains(PerProcess, StringComparison.Ordinal))
            return;

        watched.Add(queue);
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", DeliveriesMax);
        endpoint.SetQueueArgument("x-overflow", "reject-publish");
        endpoint.SetQueueArgument("x-max-length", MessagesMax);
        endpoint.SetQueueArgument("x-max-length-bytes", BytesMax);
        if (!isQuestion)
        {
            // A question that expired while its service was away concerns nobody any more.
            endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
            endpoint.BindDeadLetterQueue(DeadLetters, DeadLetters, dead => dead.SetQuorumQueue());
        }

        endpoint.UseKillSwitch(killSwitch => killSwitch
            .SetActivationThreshold(5)
            .SetTripThreshold(0.1)
            .SetRestartTimeout(s: 5)
            // A wrong message is put aside, and nobody has to wait for it.
            .SetExceptionFilter(exceptions => exceptions.Handle<Exception>(Outage.Caused)));
        endpoint.ConfigureError(error =>
        {
            error.UseFilter(new StayQueuedDuringOutage());
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ErrorTransportFilter());
        });
    }

    private static int DefaultPort(Uri address) => address.Scheme == "amqps" ? 5671 : 5672;
}
