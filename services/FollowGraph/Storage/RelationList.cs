namespace Microblog.FollowGraph.Storage;

/// <summary>A kind of list that clients page through, by the id of the relation.</summary>
internal enum RelationList
{
    Followers,
    Following,
    FollowRequests,
    Blocks,
    Mutes,
}
