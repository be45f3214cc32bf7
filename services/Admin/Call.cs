using Microblog.Admin.Storage;

namespace Microblog.Admin;

/// <summary>What a command was given to work with.</summary>
internal sealed record Call(
    Arguments Arguments,
    Stores Stores,
    Terminal Terminal,
    CancellationToken CancellationToken);
