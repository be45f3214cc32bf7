namespace Microblog.Admin.Check;

/// <summary>One kind of thing that is known in two places.</summary>
internal interface IComparison
{
    /// <summary>In the plural.</summary>
    string Title { get; }

    /// <summary>What is worth a word and no difference; null for nothing.</summary>
    string? Remark => null;

    /// <summary>Everything to be compared, in pages.</summary>
    IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken);

    /// <summary>The differences of this moment; some may only be on their way.</summary>
    Task<IReadOnlyList<Difference>> Compare(IReadOnlyList<string> subjects, CancellationToken cancellationToken);

    /// <summary>Mends a subject and says what it did; null when this tool cannot.</summary>
    Task<string?> Repair(string subject, CancellationToken cancellationToken);
}
