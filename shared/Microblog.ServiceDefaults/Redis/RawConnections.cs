using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>As many raw connections as callers have used at once; each has one to itself meanwhile.</summary>
/// <param name="user">Of Redis' access lists; null for none.</param>
internal sealed class RawConnections(ConfigurationOptions options, string? user, TimeSpan deadline) : IDisposable
{
    private readonly ConcurrentStack<RawConnection> _idle = [];

    /// <param name="client">Knows which server takes writes.</param>
    /// <exception cref="TimeoutException">Redis did not answer within the deadline.</exception>
    public async Task<long[]> Run(RawCommands commands, IDatabase client)
    {
        using var late = new CancellationTokenSource(deadline);
        RawConnection? connection = null;
        try
        {
            if (!_idle.TryPop(out connection))
                connection = await RawConnection.Connect(client, options, user, late.Token);
            var replies = await connection.Run(commands, late.Token);
            _idle.Push(connection);
            return replies;
        }
        catch (Exception failure)
        {
            // Replies may still come on this one, and the others lead to a server that is gone or no longer writes.
            connection?.Dispose();
            Dispose();
            if (failure is OperationCanceledException)
                throw new TimeoutException("Redis did not answer in time.", failure);
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var connection))
            connection.Dispose();
    }
}
