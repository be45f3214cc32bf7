namespace Microblog.Contracts.Ingest;

/// <summary>
/// Posts that were accepted at about the same time, in one message: a message costs the broker and every consumer
/// more than many posts in it do. A post may come again, alone or in other company.
/// </summary>
/// <param name="Posts">At least one, and as many as Ingest puts together.</param>
public sealed record PostsCreated(IReadOnlyList<PostCreated> Posts);
