using System.Net.Sockets;
using MassTransit;
using Microblog.ServiceDefaults.Redis;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>Tells a dependency that is away from a message that is wrong.</summary>
public static class Outage
{
    private const string ReadOnlyTransaction = "25006";
    private const string InsufficientResources = "53";
    private const string OperatorIntervention = "57P";

    /// <summary>Whether trying again later can help, without anybody changing the message.</summary>
    public static bool Caused(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.Any(Caused),
        RedisAwayException or BrokerAwayException => true,
        TimeoutException or SocketException or IOException or OperationCanceledException => true,
        _ when IsOfBroker(exception) => true,
        PostgresException postgres => postgres.IsTransient
            || postgres.SqlState == ReadOnlyTransaction
            || postgres.SqlState.StartsWith(InsufficientResources, StringComparison.Ordinal)
            || postgres.SqlState.StartsWith(OperatorIntervention, StringComparison.Ordinal),
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException,
        { InnerException: { } inner } => Caused(inner),
        _ => false,
    };

    // A connection that is being closed throws what it likes. A queue that is full or missing takes the message once it
    // has room or is declared again.
    private static bool IsOfBroker(Exception exception) => exception
        is MessageReturnedException
        or ObjectDisposedException
        or MassTransit.PublishException
        or RabbitMQ.Client.Exceptions.PublishException
        or ConnectionException
        or OperationInterruptedException
        or AlreadyClosedException
        or BrokerUnreachableException;
}
