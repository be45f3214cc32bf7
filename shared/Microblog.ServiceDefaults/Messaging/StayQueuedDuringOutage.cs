using MassTransit;
using MassTransit.Middleware;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>An outage leaves the message in its queue; anything else goes on to <c>_error</c>.</summary>
internal sealed class StayQueuedDuringOutage : IFilter<ExceptionReceiveContext>
{
    private readonly RethrowErrorTransportFilter _rethrow = new();

    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) =>
        Outage.Caused(context.Exception) ? _rethrow.Send(context, next) : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("outage");
}
