using MassTransit;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microblog.Admin.Storage;

/// <summary>The services, asked over the broker to do what only they may do to their data.</summary>
internal sealed class Owners(Uri brokerAddress) : IAsyncDisposable
{
    /// <summary>Building a long timeline on a busy machine takes seconds; whoever is away does not answer.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Lock _starting = new();
    private Task<IBusControl>? _bus;
    private ServiceProvider? _services;

    /// <param name="owner">Who should answer, for the reader of an error.</param>
    /// <exception cref="FailureException">No answer; what was asked is forgotten and not done later.</exception>
    public async Task<TAnswer> Ask<TQuestion, TAnswer>(
        string owner,
        TQuestion question,
        CancellationToken cancellationToken)
        where TQuestion : class
        where TAnswer : class
    {
        var bus = await Bus();
        try
        {
            var answer = await bus.CreateRequestClient<TQuestion>(Deadline)
                .GetResponse<TAnswer>(question, cancellationToken);
            return answer.Message;
        }
        catch (RequestTimeoutException)
        {
            throw new FailureException(
                $"{owner} did not answer within {Deadline.TotalSeconds:0} s. ./infra/status shows whether it runs.");
        }
        catch (RequestFaultException fault)
        {
            throw new FailureException($"{owner} could not do it: {fault.Fault?.Exceptions[0].Message}", fault);
        }
    }

    /// <summary>Sends a message past its exchange to one queue only, and returns when the broker has it.</summary>
    public async Task Send<TMessage>(string queue, TMessage message, CancellationToken cancellationToken)
        where TMessage : class
    {
        // The exchange of the queue's name: to name the queue would declare it, with other arguments than its own.
        var endpoint = await (await Bus()).GetSendEndpoint(new($"exchange:{queue}"));
        await endpoint.Send(message, cancellationToken).WaitAsync(Deadline, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is { IsCompletedSuccessfully: true } bus)
            await bus.Result.StopAsync();
        if (_services is not null)
            await _services.DisposeAsync();
    }

    private Task<IBusControl> Bus()
    {
        lock (_starting)
            return _bus ??= Start();
    }

    private async Task<IBusControl> Start()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddMetrics();
        services.AddSingleton(TimeProvider.System);
        services.AddMessaging("admin", brokerAddress, _ => { });
        _services = services.BuildServiceProvider();
        var bus = _services.GetRequiredService<IBusControl>();
        await bus.StartAsync(Deadline);
        return bus;
    }
}
