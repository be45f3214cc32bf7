namespace Microblog.Ingest.Storage;

/// <param name="Id">Of the entry in the stream; its first half is when it was spooled, in ms since 1970.</param>
/// <param name="Type">Full name of the contract.</param>
/// <param name="Body">The contract as JSON.</param>
/// <param name="TraceParent">W3C trace context of the request; null outside a trace.</param>
internal sealed record SpooledWrite(string Id, string Type, byte[] Body, string? TraceParent);
